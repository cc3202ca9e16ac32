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

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new DirectoryNotFoundException($"{path}: There is no such folder. Make it, or give another name.");
        }

        if (Path.EndsInDirectorySeparator(path) || paths.FirstOrDefault(Path.Exists) is not null)
        {
            throw new IOException($"{paths.FirstOrDefault(Path.Exists, path)}: There is such a file already. Expected a new one: give another name, or delete it.");
        }

        try
        {
            export.Write(paths, source.RequireUnchanged, progress, cancellationToken);
            return paths;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path}: The file cannot be written: {e.Message} Give another folder, or permit writing to this one.", e);
        }
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

    private void Write(string[] paths, Action requireUnchanged, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // A name that nobody else has: neither another export, nor a file that happens to lie there.
        string[] incomplete = [.. paths.Select(path => $"{path}.{Path.GetRandomFileName()}.incomplete")];
        var made = new List<string>();
        try
        {
            Piece[][] contents = [[.. Model], [.. _data]];
            var share = new Share(contents.Sum(pieces => pieces.Sum(p => p.Length)), progress);
            foreach ((string file, Piece[] pieces) in incomplete.Zip(contents))
            {
                using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write);
                made.Add(file);
                foreach (Piece piece in pieces)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    piece.WriteTo(stream);
                    share.Add(piece.Length);
                }

                stream.Flush(flushToDisk: true);
            }

            requireUnchanged();

            // The ONNX file last: it names the other.
            foreach ((string file, string path) in incomplete.Zip(paths).Reverse())
            {
                File.Move(file, path);
                made.Add(path);
            }
        }
        catch
        {
            made.ForEach(File.Delete);
            throw;
        }
    }

    private sealed class Share(long total, IProgress<double>? progress)
    {
        private long _done;

        public void Add(long bytes)
        {
            _done += bytes;
            progress?.Report((double)_done / total);
        }
    }
}
