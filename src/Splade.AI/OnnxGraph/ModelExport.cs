namespace Splade.AI.OnnxGraph;

/// <summary>A model with all its numbers as an ordinary ONNX file, which any runtime loads: in the file itself, or where that would be too large, in one beside it.</summary>
internal sealed class ModelExport
{
    /// <summary>A message of protobuf has at most 2 GB.</summary>
    public const long MostInside = int.MaxValue;

    /// <summary>Data in files of their own begin at pages, so that they can be mapped.</summary>
    private const long Page = 4096;

    private readonly OnnxFile _file;
    private readonly List<Piece> _graph = [];
    private readonly List<Piece> _data = [];
    private readonly string? _dataName;
    private long _dataLength;

    private ModelExport(OnnxFile file, string? dataName)
    {
        _file = file;
        _dataName = dataName;
        foreach (ProtoField field in file.GraphFields)
        {
            OnnxTensor? tensor = field.Number == OnnxFields.Graph.Initializer ? TensorDecoder.Decode(field.Content) : null;
            if (tensor?.Storage is TensorStorage.External external)
            {
                Add(tensor, file.ExternalFiles.Range(external, tensor));
            }
            else
            {
                _graph.Add(field.Whole);
            }
        }
    }

    private IEnumerable<Piece> Model
    {
        get
        {
            Piece header = Piece.Of(new ProtoWriter().Header(OnnxFields.Model.Graph, _graph.Sum(p => p.Length)).ToArray());
            return _file.Fields.SelectMany(f => f == _file.GraphField ? _graph.Prepend(header) : [f.Whole]);
        }
    }

    /// <summary>Writes the files, each under another name until it is whole.</summary>
    /// <param name="source">The model.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="progress">Told what share is written; null for nobody.</param>
    /// <param name="mostInside">The most bytes of an ONNX file that has its numbers itself.</param>
    /// <param name="cancellationToken">Ends the work early. Nothing is left then.</param>
    /// <returns>The files, the ONNX file first.</returns>
    /// <exception cref="SpladeModelException">The model cannot be read.</exception>
    /// <exception cref="IOException">A file is there already, or cannot be written.</exception>
    public static IReadOnlyList<string> Write(
        GraphSource source, string path, IProgress<double>? progress = null, long mostInside = MostInside, CancellationToken cancellationToken = default)
    {
        using OnnxFile file = source.Open();
        RequireInitializers(file);
        var export = new ModelExport(file, dataName: null);
        string[] paths = [path];
        if (export.Model.Sum(p => p.Length) > mostInside)
        {
            paths = [path, path + ".data"];
            export = new ModelExport(file, Path.GetFileName(paths[1]));
        }

        if (paths.FirstOrDefault(Path.Exists) is string taken)
        {
            throw new IOException($"{taken}: There is such a file already. Expected a new one: give another name, or delete it.");
        }

        export.Write(paths, progress, cancellationToken);
        return paths;
    }

    private static void RequireInitializers(OnnxFile file)
    {
        if (file.Nodes.SelectMany(n => n.Tensors).FirstOrDefault(t => t.Storage is TensorStorage.External) is not null)
        {
            throw new SpladeModelException("A node of the graph has a constant in another file, which only initializers are expected to have.", file.Path);
        }
    }

    private void Add(OnnxTensor tensor, Piece numbers)
    {
        if (_dataName is null)
        {
            byte[] description = InitializerPointers.Describe(tensor).Header(OnnxFields.Tensor.RawData, numbers.Length).ToArray();
            byte[] header = new ProtoWriter().Header(OnnxFields.Graph.Initializer, description.Length + numbers.Length).ToArray();
            _graph.AddRange([Piece.Of(header), Piece.Of(description), numbers]);
            return;
        }

        Piece gap = Piece.Of(new byte[(Page - (_dataLength % Page)) % Page]);
        _data.AddRange([gap, numbers]);
        var place = new ExternalPlace(_dataName, _dataLength + gap.Length, numbers.Length);
        _dataLength = place.Offset + numbers.Length;
        _graph.Add(Piece.Of(new ProtoWriter().Message(OnnxFields.Graph.Initializer, place.WriteTo(InitializerPointers.Describe(tensor))).ToArray()));
    }

    private void Write(string[] paths, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (string Path, Piece[] Pieces)[] files = [.. paths.Zip<string, Piece[]>([[.. Model], [.. _data]])];
        long total = files.Sum(f => f.Pieces.Sum(p => p.Length));
        long done = 0;
        try
        {
            foreach ((string path, Piece[] pieces) in files)
            {
                using FileStream stream = new(Incomplete(path), FileMode.Create, FileAccess.Write);
                foreach (Piece piece in pieces)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    piece.WriteTo(stream);
                    done += piece.Length;
                    progress?.Report((double)done / total);
                }

                stream.Flush(flushToDisk: true);
            }

            // The ONNX file last: it names the other.
            foreach (string path in paths.Reverse())
            {
                File.Move(Incomplete(path), path);
            }
        }
        catch
        {
            foreach (string path in paths)
            {
                File.Delete(Incomplete(path));
            }

            throw;
        }
    }

    private static string Incomplete(string path) => path + ".incomplete";
}
