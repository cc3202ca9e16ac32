namespace Splade.AI.OnnxGraph;

/// <summary>An ONNX file, parsed as far as its graph's nodes, constants, inputs and outputs. The numbers of its tensors stay in the file.</summary>
/// <remarks>
/// Only what is looked at is decoded: the fields of the model and of its graph are kept as ranges of bytes in their order,
/// so that <see cref="WriteTo"/> gives the bytes back as they are. For one thread at a time.
/// </remarks>
internal sealed class OnnxFile : IDisposable
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, OnnxNode> _producers = [];

    private OnnxFile(ByteSource source, string path)
    {
        _source = source;
        Path = path;
        ExternalFiles = new ExternalFiles(path);
        Fields = [.. ProtoReader.Fields(new Piece(source, 0, source.Length))];
        ProtoField[] graphs = [.. Fields.Where(f => f.Number == OnnxFields.Model.Graph)];
        GraphField = graphs is [ProtoField graph] ? graph : throw ProtoReader.Damaged(source, $"it holds {graphs.Length} graphs, expected one");
        GraphFields = [.. GraphField.Fields()];
        Opset = ReadOpset();
        Nodes = [.. Of(OnnxFields.Graph.Node).Select(NodeDecoder.Decode)];
        Initializers = ReadInitializers();
        Inputs = [.. Of(OnnxFields.Graph.Input).Select(ValueDecoder.Decode)];
        Outputs = [.. Of(OnnxFields.Graph.Output).Select(ValueDecoder.Decode)];
        foreach (OnnxNode node in Nodes)
        {
            foreach (string output in node.Outputs.Where(o => o.Length > 0))
            {
                _producers[output] = node;
            }
        }
    }

    /// <summary>Where the file is. Its external data lie beside it.</summary>
    public string Path { get; }

    /// <summary>The files of its external data.</summary>
    public ExternalFiles ExternalFiles { get; }

    /// <summary>The fields of the model, in their order.</summary>
    public IReadOnlyList<ProtoField> Fields { get; }

    /// <summary>The one of them that holds the graph.</summary>
    public ProtoField GraphField { get; }

    /// <summary>The fields of the graph, in their order.</summary>
    public IReadOnlyList<ProtoField> GraphFields { get; }

    /// <summary>The version of ONNX's own operators.</summary>
    public long Opset { get; }

    public IReadOnlyList<OnnxNode> Nodes { get; }

    public IReadOnlyDictionary<string, OnnxTensor> Initializers { get; }

    public IReadOnlyList<OnnxValue> Inputs { get; }

    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <exception cref="SpladeModelException">The file cannot be read, or is not a whole ONNX model.</exception>
    public static OnnxFile Open(string path) => Parse(FileBytes.Open(path), path);

    /// <summary>The files of a model: its own, and those of its external data as its graph names them.</summary>
    /// <param name="path">Its own; the only one where it cannot be parsed: what is wrong with it is said where it is loaded.</param>
    /// <param name="place">Where it will be, beside its external data; null if it is there.</param>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public static IReadOnlyList<string> FindFiles(string path, string? place = null)
    {
        place ??= path;
        OnnxFile file;
        try
        {
            file = Parse(FileBytes.Open(path), place);
        }
        catch (SpladeModelException)
        {
            return [System.IO.Path.GetFullPath(place)];
        }

        using (file)
        {
            return file.FindFiles();
        }
    }

    /// <summary>A model in memory.</summary>
    /// <param name="model">Its bytes.</param>
    /// <param name="path">Where it would be: its external data lie beside this.</param>
    /// <exception cref="SpladeModelException">The bytes are not a whole ONNX model.</exception>
    public static OnnxFile Parse(ReadOnlyMemory<byte> model, string path) => Parse(new MemoryBytes(model, path), path);

    /// <summary>The node that gives a value; null if it is an input or an initializer.</summary>
    public OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The constant of this name: an initializer, or the output of a Constant node.</summary>
    public OnnxTensor? Constant(string value) =>
        Initializers.GetValueOrDefault(value)
        ?? (Producer(value) is OnnxNode node && node.Is("Constant") ? node.Attributes.GetValueOrDefault("value")?.Tensor : null);

    /// <summary>The bytes that hold a tensor's numbers, one after the other; null if they are in fields of their own type.</summary>
    public Piece? Data(OnnxTensor tensor) => tensor.Storage switch
    {
        TensorStorage.Raw raw => raw.Data,
        TensorStorage.External external => ExternalFiles.Range(external, tensor),
        _ => null,
    };

    /// <summary>The model's file, and those of its external data.</summary>
    /// <exception cref="SpladeModelException">A tensor is said to be outside the model's folder.</exception>
    public IReadOnlyList<string> FindFiles() => Initializers.Values
        .Concat(Nodes.SelectMany(n => n.Tensors))
        .Select(t => t.Storage is TensorStorage.External external ? ExternalFiles.PathOf(external.Location, t.Name) : null)
        .OfType<string>()
        .Prepend(System.IO.Path.GetFullPath(Path))
        .Distinct()
        .ToList();

    /// <summary>Writes the model as it is.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (ProtoField field in Fields)
        {
            if (field == GraphField)
            {
                new Piece(_source, field.Start, field.Content.Offset - field.Start).WriteTo(stream);
                foreach (ProtoField part in GraphFields)
                {
                    part.Whole.WriteTo(stream);
                }
            }
            else
            {
                field.Whole.WriteTo(stream);
            }
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        ExternalFiles.Dispose();
    }

    private static OnnxFile Parse(ByteSource source, string path)
    {
        try
        {
            return new OnnxFile(source, path);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private IEnumerable<ProtoField> Of(int number) => GraphFields.Where(f => f.Number == number);

    private Dictionary<string, OnnxTensor> ReadInitializers()
    {
        var initializers = new Dictionary<string, OnnxTensor>();
        foreach (ProtoField field in Of(OnnxFields.Graph.Initializer))
        {
            field.Require(WireType.Bytes);
            OnnxTensor tensor = TensorDecoder.Decode(field.Content);
            initializers[tensor.Name] = tensor;
        }

        return initializers;
    }

    private long ReadOpset()
    {
        long opset = 0;
        foreach (ProtoField import in Fields.Where(f => f.Number == OnnxFields.Model.OpsetImport))
        {
            string domain = "";
            long version = 0;
            foreach (ProtoField field in import.Fields())
            {
                if (field.Number == OnnxFields.Opset.Domain)
                {
                    domain = field.Text();
                }
                else if (field.Number == OnnxFields.Opset.Version)
                {
                    version = field.Number64;
                }
            }

            opset = domain is "" or "ai.onnx" ? version : opset;
        }

        return opset;
    }
}
