using Splade.AI.Files;

namespace Splade.AI.OnnxGraph;

/// <summary>Where a model's graph comes from: an ONNX file, or what was written for weights that have none.</summary>
internal sealed class GraphSource
{
    private readonly string _place;
    private FileStamps? _stamps;

    private GraphSource(IReadOnlyList<string> files, string place, byte[]? written)
    {
        Files = files;
        _place = place;
        Written = written;
    }

    /// <summary>The ONNX file, or the first of those that hold weights: what errors name.</summary>
    public string Path => Files[0];

    /// <summary>The ONNX file, or all files that hold weights. An ONNX file may name others.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The model in memory; null if it is the file.</summary>
    public byte[]? Written { get; }

    /// <summary>The folder that the locations of external data are relative to.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(_place)!;

    /// <summary>An ONNX file. Its external data, if any, lies beside it.</summary>
    public static GraphSource OfFile(string path) => new([path], System.IO.Path.GetFullPath(path), written: null);

    /// <summary>A graph that was written for weights, over the files that hold them.</summary>
    /// <param name="model">The ONNX model.</param>
    /// <param name="files">The files.</param>
    /// <param name="folder">The folder that the model's locations are relative to.</param>
    /// <param name="stamps">What they were before anything was read of them.</param>
    /// <exception cref="SpladeModelException">A file was replaced meanwhile, or they are not in one folder.</exception>
    public static GraphSource OfWeights(byte[] model, IReadOnlyList<string> files, InitializerFolder folder, FileStamps stamps)
    {
        // The first file stands in for the ONNX file that is not there: where it is, links followed, the others are too.
        if (files.FirstOrDefault(file => !folder.Holds(file)) is string elsewhere)
        {
            throw new SpladeModelException(
                $"The file is in another folder than {files[0]}, links followed, and ONNX Runtime reads the weights of a model from one. Put them into one.",
                elsewhere);
        }

        var source = new GraphSource(files, System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.Path, folder.LocationOf(files[0]))), model)
        {
            _stamps = stamps,
        };
        source.RequireUnchanged();
        return source;
    }

    /// <summary>
    /// Refuses a file that was replaced since its graph was looked into: what is known of it are places in the file, and in another one something else lies there.
    /// </summary>
    /// <exception cref="SpladeModelException">It was.</exception>
    public void RequireUnchanged()
    {
        if (_stamps?.FindChanged() is string changed)
        {
            throw new SpladeModelException("The file was replaced while the model was loaded from it. Load the model again.", changed);
        }
    }

    /// <exception cref="SpladeModelException">The file cannot be read, or is not a whole ONNX model.</exception>
    public OnnxFile Open()
    {
        if (Written is not null)
        {
            return OnnxFile.Parse(Written, _place);
        }

        _stamps = new FileStamps(Files);
        return OnnxFile.Open(Path);
    }

    /// <summary>All files that the model is read from, those of external data included.</summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public IReadOnlyList<string> FindFiles() => Written is null ? OnnxFile.FindFiles(Path) : Files;
}
