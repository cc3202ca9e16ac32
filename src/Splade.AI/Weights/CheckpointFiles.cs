using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>The files of a transformer's weights.</summary>
internal sealed record CheckpointFiles
{
    private readonly ShardIndex? _index;

    private CheckpointFiles(CheckpointForm form, string path)
    {
        Form = form;
        Path = path;
        _index = form.IsIndex ? ShardIndex.Read(path, form.Extension) : null;
        Files = _index?.Files ?? [path];
    }

    public CheckpointForm Form { get; }

    /// <summary>The full path of the file of the weights, or of their index.</summary>
    public string Path { get; }

    /// <summary>The full paths of the files that hold tensors.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The weights in a folder; null if there are none.</summary>
    /// <exception cref="SpladeModelException">There are some in forms only that are not read, or an index is damaged.</exception>
    public static CheckpointFiles? Find(string folder)
    {
        folder = System.IO.Path.GetFullPath(folder);
        string[] names = [.. CheckpointForm.KnownNames.Where(name => CheckedFile.Exists(System.IO.Path.Combine(folder, name)))];
        return CheckpointForm.Choose(names, folder) is CheckpointForm form ? new(form, System.IO.Path.Combine(folder, form.FileName)) : null;
    }

    /// <summary>Weights by the path of their file or index, which has the name of a form.</summary>
    /// <exception cref="SpladeModelException">An index is damaged.</exception>
    public static CheckpointFiles Open(string path) => new(CheckpointForm.All.Single(form => form.FileName == System.IO.Path.GetFileName(path)), path);

    /// <exception cref="SpladeModelException">A file cannot be read, is damaged, or not supported.</exception>
    public Checkpoint Read() => new(Files, _index?.ReadTensors(Form.ReadFile) ?? Form.ReadFile(Files[0]));
}
