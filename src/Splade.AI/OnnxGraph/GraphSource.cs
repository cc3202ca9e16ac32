namespace Splade.AI.OnnxGraph;

/// <summary>Where a model's graph comes from: an ONNX file, or what was written for weights that have none.</summary>
internal sealed class GraphSource
{
    private readonly string _place;

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
    public static GraphSource OfWeights(byte[] model, IReadOnlyList<string> files)
    {
        // The first file stands in for the ONNX file that is not there: where it is, links followed, the others are too.
        var folder = InitializerFolder.Of(files);
        return new(files, System.IO.Path.GetFullPath(System.IO.Path.Combine(folder.Path, folder.LocationOf(files[0]))), model);
    }

    /// <exception cref="SpladeModelException">The file cannot be read, or is not a whole ONNX model.</exception>
    public OnnxFile Open() => Written is null ? OnnxFile.Open(Path) : OnnxFile.Parse(Written, _place);

    /// <summary>All files that the model is read from, those of external data included.</summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public IReadOnlyList<string> FindFiles() => Written is null ? OnnxFile.FindFiles(Path) : Files;
}
