using System.Runtime.InteropServices;

namespace Splade.AI.OnnxGraph;

/// <summary>Writes nodes, constants, inputs and outputs: the parts of a graph.</summary>
/// <param name="taken">Names that are in use, which no new value gets.</param>
internal sealed class GraphBuilder(IEnumerable<string> taken)
{
    private readonly HashSet<string> _names = [.. taken];
    private readonly List<ProtoField> _fields = [];
    private bool _needsRuntime;

    /// <summary>A graph from scratch.</summary>
    public GraphBuilder()
        : this([])
    {
    }

    /// <summary>The fields of a graph message, in the order in which they were added.</summary>
    public IReadOnlyList<ProtoField> Fields => _fields;

    /// <summary>Adds a node with one output.</summary>
    /// <returns>The name of its output.</returns>
    public string Node(string opType, IEnumerable<string> inputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        string output = Fresh(opType);
        Write(opType, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node with one output, of an operator that ONNX Runtime alone has.</summary>
    /// <returns>The name of its output.</returns>
    public string RuntimeNode(string opType, IEnumerable<string> inputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        string output = Fresh(opType);
        Write(opType, inputs, [output], attributes, OnnxNode.RuntimeDomain);
        _needsRuntime = true;
        return output;
    }

    /// <summary>Adds a node with several outputs.</summary>
    /// <returns>The names of its outputs.</returns>
    public string[] Node(string opType, IEnumerable<string> inputs, int outputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => Fresh(opType))];
        Write(opType, inputs, names, attributes);
        return names;
    }

    /// <summary>Adds a node that gives a value under a name that the graph's other nodes already use.</summary>
    public void NodeGiving(string output, string opType, IEnumerable<string> inputs) => Write(opType, inputs, [output], []);

    /// <summary>Adds a constant.</summary>
    /// <param name="name">What to call it; another name is made if this one is in use.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="data">Its numbers, little-endian.</param>
    /// <returns>Its name.</returns>
    public string Constant(string name, OnnxElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> data)
    {
        string fresh = Fresh(name);
        Add(OnnxFields.Graph.Initializer, TensorEncoder.Encode(fresh, type, shape, data));
        return fresh;
    }

    /// <summary>Adds a constant whose numbers are in another file.</summary>
    /// <inheritdoc cref="Constant(string, OnnxElementType, IReadOnlyList{long}, ReadOnlySpan{byte})"/>
    public string Constant(string name, OnnxElementType type, IReadOnlyList<long> shape, ExternalPlace place)
    {
        string fresh = Fresh(name);
        Add(OnnxFields.Graph.Initializer, TensorEncoder.Encode(fresh, type, shape, place));
        return fresh;
    }

    /// <summary>Adds a constant of floats.</summary>
    public string Floats(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values) =>
        Constant(name, OnnxElementType.Float, shape, MemoryMarshal.AsBytes(values));

    /// <summary>Adds a list of integers, as operators take for shapes and axes.</summary>
    public string Integers(params ReadOnlySpan<long> values) =>
        Constant("integers", OnnxElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values));

    /// <summary>A single integer, as operators take for one index.</summary>
    public string Integer(long value) => Constant("integer", OnnxElementType.Int64, [], MemoryMarshal.AsBytes([value]));

    /// <summary>Declares an input.</summary>
    public void Input(string name, OnnxElementType type, params ReadOnlySpan<GraphDimension> shape) => Value(OnnxFields.Graph.Input, name, type, shape);

    /// <summary>Declares a value to be an output.</summary>
    public void Output(string name, OnnxElementType type, params ReadOnlySpan<GraphDimension> shape) => Value(OnnxFields.Graph.Output, name, type, shape);

    /// <summary>A whole model of these parts alone.</summary>
    public byte[] ToModel(int opset)
    {
        const int IrVersion = 8;
        ProtoWriter graph = new ProtoWriter().Text(OnnxFields.Graph.Name, "graph");
        foreach (ProtoField field in _fields)
        {
            graph.Copy(field.Whole);
        }

        ProtoWriter model = new ProtoWriter()
            .Varint(OnnxFields.Model.IrVersion, IrVersion)
            .Text(OnnxFields.Model.Producer, "Splade.AI")
            .Message(OnnxFields.Model.Graph, graph)
            .Message(OnnxFields.Model.OpsetImport, Import("", opset));
        return (_needsRuntime ? model.Message(OnnxFields.Model.OpsetImport, Import(OnnxNode.RuntimeDomain, 1)) : model).ToArray();

        static ProtoWriter Import(string domain, int version) =>
            new ProtoWriter().Text(OnnxFields.Opset.Domain, domain).Varint(OnnxFields.Opset.Version, version);
    }

    private void Write(string opType, IEnumerable<string> inputs, string[] outputs, ReadOnlySpan<NodeAttribute> attributes, string domain = "")
    {
        var node = new ProtoWriter();
        foreach (string input in inputs)
        {
            node.Text(OnnxFields.Node.Input, input);
        }

        foreach (string output in outputs)
        {
            node.Text(OnnxFields.Node.Output, output);
        }

        node.Text(OnnxFields.Node.Name, outputs[0]).Text(OnnxFields.Node.OpType, opType);
        foreach (NodeAttribute attribute in attributes)
        {
            node.Message(OnnxFields.Node.Attribute, attribute.Message);
        }

        Add(OnnxFields.Graph.Node, domain.Length > 0 ? node.Text(OnnxFields.Node.Domain, domain) : node);
    }

    private void Value(int number, string name, OnnxElementType type, ReadOnlySpan<GraphDimension> shape)
    {
        var dimensions = new ProtoWriter();
        foreach (GraphDimension length in shape)
        {
            dimensions.Message(OnnxFields.Type.Dimension, length.Write());
        }

        ProtoWriter tensor = new ProtoWriter().Varint(OnnxFields.Type.ElementType, (int)type).Message(OnnxFields.Type.Shape, dimensions);
        _names.Add(name);
        Add(number, new ProtoWriter()
            .Text(OnnxFields.Value.Name, name)
            .Message(OnnxFields.Value.Type, new ProtoWriter().Message(OnnxFields.Type.Tensor, tensor)));
    }

    private void Add(int number, ProtoWriter message) =>
        _fields.AddRange(ProtoReader.Fields(Piece.Of(new ProtoWriter().Message(number, message).ToArray())));

    private string Fresh(string name)
    {
        string fresh = name;
        for (int i = 1; !_names.Add(fresh); i++)
        {
            fresh = $"{name}_{i}";
        }

        return fresh;
    }
}
