namespace Splade.AI.OnnxGraph;

/// <summary>A change of a model: nodes are added behind its own, it keeps its outputs or gets a new one, and what those do not need goes.</summary>
internal sealed class GraphEdit
{
    private readonly OnnxFile _file;
    private readonly HashSet<OnnxNode> _replaced = new(ReferenceEqualityComparer.Instance);

    public GraphEdit(OnnxFile file)
    {
        _file = file;
        New = new GraphBuilder(Names(file));
    }

    /// <summary>Takes what is added.</summary>
    public GraphBuilder New { get; }

    /// <summary>Takes a node of the file out. A new node gives its output.</summary>
    public void Replace(OnnxNode node) => _replaced.Add(node);

    /// <summary>Writes the model with one output.</summary>
    public RewrittenModel Finish(string output, int width, int rank, RewriteSettings settings)
    {
        var shape = new GraphDimension[rank];
        shape[^1] = width;
        New.Output(output, OnnxElementType.Float, shape);
        return Finish([output], keepsOutputs: false, settings);
    }

    /// <summary>Writes the model with the outputs that it had.</summary>
    public RewrittenModel Finish(RewriteSettings settings) => Finish([.. _file.Outputs.Select(o => o.Name)], keepsOutputs: true, settings);

    private RewrittenModel Finish(string[] outputs, bool keepsOutputs, RewriteSettings settings)
    {
        var pointers = new InitializerPointers(_file, settings);
        OnnxNode[] added = [.. New.Fields.Where(f => f.Number == OnnxFields.Graph.Node).Select(NodeDecoder.Decode)];
        LiveGraph live = LiveGraph.Of(_file.Nodes.Where(n => !_replaced.Contains(n)).Concat(added), outputs);
        var graph = new List<Piece>();
        AddOld(graph, live, keepsOutputs, pointers);
        graph.AddRange(New.Fields.Select(f => f.Whole));
        return new RewrittenModel(Assemble(graph), pointers.Folder, pointers.Files);
    }

    private void AddOld(List<Piece> graph, LiveGraph live, bool keepsOutputs, InitializerPointers pointers)
    {
        Dictionary<long, OnnxNode> nodes = _file.Nodes.ToDictionary(n => n.Field.Start);
        foreach (ProtoField field in _file.GraphFields)
        {
            Piece? piece = field.Number switch
            {
                OnnxFields.Graph.Node => Node(nodes[field.Start], live, pointers),
                OnnxFields.Graph.Initializer => Initializer(field, live, pointers),
                OnnxFields.Graph.Input => IsDeadDefault(ValueDecoder.Decode(field).Name, live) ? null : field.Whole,
                OnnxFields.Graph.ValueInfo => live.Needs(ValueDecoder.Decode(field).Name) ? field.Whole : null,
                OnnxFields.Graph.Output => keepsOutputs ? field.Whole : null,
                _ => field.Whole,
            };
            if (piece is Piece kept)
            {
                graph.Add(kept);
            }
        }
    }

    private static Piece? Node(OnnxNode node, LiveGraph live, InitializerPointers pointers)
    {
        if (!live.Needs(node))
        {
            return null;
        }

        // A big Constant node becomes an initializer, which may be pointed to.
        bool isConstant = node.Is("Constant") && node.Outputs.Count == 1;
        OnnxTensor? tensor = isConstant ? node.Attributes.GetValueOrDefault("value")?.Tensor : null;
        return tensor is not null && pointers.PointTo(tensor, node.Outputs[0]) is ProtoWriter pointer ? AsInitializer(pointer) : node.Field.Whole;
    }

    private static Piece? Initializer(ProtoField field, LiveGraph live, InitializerPointers pointers)
    {
        OnnxTensor tensor = TensorDecoder.Decode(field.Content);
        return !live.Needs(tensor.Name) ? null
            : pointers.PointTo(tensor, tensor.Name) is ProtoWriter pointer ? AsInitializer(pointer)
            : field.Whole;
    }

    private static Piece AsInitializer(ProtoWriter tensor) => Piece.Of(new ProtoWriter().Message(OnnxFields.Graph.Initializer, tensor).ToArray());

    // Old models list initializers among their inputs: without the initializer that would be an input to feed.
    private bool IsDeadDefault(string input, LiveGraph live) => _file.Initializers.ContainsKey(input) && !live.Needs(input);

    private byte[] Assemble(List<Piece> graph)
    {
        byte[] header = new ProtoWriter().Header(OnnxFields.Model.Graph, graph.Sum(p => p.Length)).ToArray();
        IEnumerable<Piece> model = _file.Fields.SelectMany(f => f == _file.GraphField ? graph.Prepend(Piece.Of(header)) : [f.Whole]).ToList();
        if (model.Sum(p => p.Length) > Array.MaxLength)
        {
            throw new SpladeModelException(
                "The model has more than 2 GB of tensors that must be copied to rewrite it. Save it with external data.", _file.Path);
        }

        using var stream = new MemoryStream((int)model.Sum(p => p.Length));
        foreach (Piece piece in model)
        {
            piece.WriteTo(stream);
        }

        return stream.GetBuffer();
    }

    private static IEnumerable<string> Names(OnnxFile file) => file.Nodes
        .SelectMany(n => n.Inputs.Concat(n.Outputs).Concat(n.Captured))
        .Concat(file.Initializers.Keys)
        .Concat(file.Inputs.Select(i => i.Name))
        .Concat(file.Outputs.Select(o => o.Name));
}
