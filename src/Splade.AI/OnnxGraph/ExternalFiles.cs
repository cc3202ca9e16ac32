using Splade.AI.Files;

namespace Splade.AI.OnnxGraph;

/// <summary>The files in which a model keeps the numbers of its tensors, opened when they are asked for.</summary>
internal sealed class ExternalFiles(string modelPath) : IDisposable
{
    private readonly Dictionary<string, FileBytes> _files = [];
    private readonly Dictionary<string, string?> _paths = [];
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;

    /// <summary>Where the numbers of a tensor are.</summary>
    /// <exception cref="SpladeModelException">The location leaves the model's folder, the file is missing, or it is too short.</exception>
    public Piece Range(TensorStorage.External external, OnnxTensor tensor)
    {
        FileBytes file = Open(external.Location, tensor.Name);
        long length = external.Length ?? file.Length - external.Offset;
        return length >= 0 && external.Offset <= file.Length - length
            ? new Piece(file, external.Offset, length)
            : throw new SpladeModelException(
                $"The file has {file.Length} bytes; tensor '{tensor.Name}' of {modelPath} needs {length} from byte {external.Offset}. "
                + "Copy both files again from their origin.",
                file.Name);
    }

    /// <summary>The path of a location, which must stay inside the model's folder, links followed.</summary>
    public string PathOf(string location, string tensor)
    {
        if (!_paths.TryGetValue(location, out string? path))
        {
            path = InnerPath.Under(_folder, location) is string named && named != _folder && InnerPath.StaysIn(_folder, named) ? named : null;
            _paths.Add(location, path);
        }

        return path ?? throw new SpladeModelException(
            $"Tensor '{tensor}' is said to be in '{location}', expected a file in the model's folder. "
            + "Do not use this model: it reads files that are not its own.",
            modelPath);
    }

    public void Dispose()
    {
        foreach (FileBytes file in _files.Values)
        {
            file.Dispose();
        }
    }

    private FileBytes Open(string location, string tensor)
    {
        if (!_files.TryGetValue(location, out FileBytes? file))
        {
            file = FileBytes.Open(PathOf(location, tensor));
            _files.Add(location, file);
        }

        return file;
    }
}
