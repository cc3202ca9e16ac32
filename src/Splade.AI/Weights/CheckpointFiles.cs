using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>The files of a transformer's weights.</summary>
internal sealed record CheckpointFiles
{
    private readonly ShardIndex? _index;

    private CheckpointFiles(CheckpointForm form, string path)
    {
        Form = form;
        _index = form.IsIndex ? ShardIndex.Read(path, form.Extension) : null;
        Files = _index?.Files ?? [path];
    }

    public CheckpointForm Form { get; }

    /// <summary>The full paths of the files that hold tensors.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The weights in a folder; null if there are none.</summary>
    /// <exception cref="SpladeModelException">There are some in forms only that are not read, or an index is damaged.</exception>
    public static CheckpointFiles? Find(string folder)
    {
        folder = Path.GetFullPath(folder);
        string[] names = [.. CheckpointForm.KnownNames.Where(name => ModelFile.Exists(Path.Combine(folder, name)))];
        return CheckpointForm.Choose(names, folder) is CheckpointForm form ? new(form, Path.Combine(folder, form.FileName)) : null;
    }

    /// <exception cref="SpladeModelException">A file cannot be read, is damaged, or not supported.</exception>
    public Checkpoint Read() => new(Files, _index?.ReadTensors(Form.ReadFile) ?? Form.ReadFile(Files[0]));
}
