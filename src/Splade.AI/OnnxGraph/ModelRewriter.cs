namespace Splade.AI.OnnxGraph;

/// <summary>Rewrites a model whose decoder is known, so that the logits of all tokens never exist at once. The file stays as it is.</summary>
/// <remarks>What a rewritten model gives is for texts whose first token is real and whose padding follows the text.</remarks>
internal sealed class ModelRewriter(OnnxFile file, Decoder decoder)
{
    /// <summary>Enough columns to keep every core busy, few enough for their logits to stay in the cache.</summary>
    public const int DefaultColumnsPerTile = 1024;

    private const string MaskInput = "attention_mask";

    /// <summary>Slice and Gather have been written as they are here since this version, and DynamicQuantizeLinear is as old.</summary>
    private const int OldestOpset = 11;

    /// <summary>What to carry and what to point to.</summary>
    public RewriteSettings Settings { get; init; } = RewriteSettings.Default;

    /// <summary>Why the pooling rewrites cannot be used on this model, as the end of "... because"; null if they can.</summary>
    public string? PoolingObstacle =>
        file.Inputs.All(i => i.Name != MaskInput) ? $"it has no input {MaskInput}"
        : file.Opset < OldestOpset ? $"its operators are of version {file.Opset}, older than {OldestOpset}"
        : null;

    /// <summary>The model without its decoder. It gives the hidden state, shape <c>[texts, tokens, hidden]</c>.</summary>
    public RewrittenModel CutBeforeDecoder()
    {
        var edit = new GraphEdit(file);
        return edit.Finish(AsFloat(edit.New, decoder.HiddenState), decoder.HiddenSize, rank: 3, Settings);
    }

    /// <summary>The same with its products in small integers: the hidden state differs by what quantisation loses.</summary>
    /// <returns>Null if it has no products with constant matrices of floats, as where it is quantised already.</returns>
    public RewrittenModel? CutAndQuantise()
    {
        IReadOnlyList<WeightProduct> products = WeightProductFinder.Find(file, decoder.HiddenState);
        if (products.Count == 0 || file.Opset < OldestOpset)
        {
            return null;
        }

        var edit = new GraphEdit(file);
        new ProductQuantiser(file, edit).Quantise(products);
        return edit.Finish(AsFloat(edit.New, decoder.HiddenState), decoder.HiddenSize, rank: 3, Settings);
    }

    /// <summary>The model with its maxima over tokens, bias added and before any activation, shape <c>[texts, vocabulary]</c>.</summary>
    public RewrittenModel TileMaxPooling(int columnsPerTile = DefaultColumnsPerTile)
    {
        var edit = new GraphEdit(file);
        GraphBuilder graph = edit.New;
        var tiles = new DecoderTiles(graph, decoder, columnsPerTile);
        string maxima = tiles.Concatenate(WithoutPadding(graph), (logits, _) => Reduce(graph, "ReduceMax", logits, axesAreInputSince: 18));
        if (decoder.Bias is DecoderConstant bias)
        {
            // The same number for every token: added to the maximum it is added once. The sum is rounded alike.
            string row = graph.Node("Reshape", [tiles.Bias(bias, ..decoder.Vocabulary), graph.Integers(decoder.Vocabulary)]);
            maxima = graph.Node("Add", [InTypeOf(graph, bias, maxima), row]);
        }

        return edit.Finish(AsFloat(graph, maxima), decoder.Vocabulary, rank: 2, Settings);
    }

    /// <summary>The model with its finished weights, shape <c>[texts, vocabulary]</c>: the sum over tokens of <c>log(1 + relu(logit))</c>.</summary>
    /// <param name="columnsPerTile">How many entries of the vocabulary are computed at once.</param>
    /// <param name="twice">Whether the logarithm is taken twice.</param>
    public RewrittenModel TileSumPooling(int columnsPerTile, bool twice)
    {
        var edit = new GraphEdit(file);
        GraphBuilder graph = edit.New;
        string mask = graph.Node("Cast", [Mask(graph)], NodeAttribute.Int("to", (int)OnnxElementType.Float));
        string one = graph.Floats("one", [], [1f]);
        var tiles = new DecoderTiles(graph, decoder, columnsPerTile);
        string sums = tiles.Concatenate(decoder.HiddenState, (logits, columns) =>
        {
            string biased = decoder.Bias is DecoderConstant bias
                ? graph.Node("Add", [InTypeOf(graph, bias, logits), tiles.Bias(bias, columns)])
                : logits;
            string weights = Log1p(graph.Node("Relu", [AsFloat(graph, biased)]));
            return Reduce(graph, "ReduceSum", graph.Node("Mul", [twice ? Log1p(weights) : weights, mask]), axesAreInputSince: 13);
        });
        return edit.Finish(sums, decoder.Vocabulary, rank: 2, Settings);

        string Log1p(string value) => graph.Node("Log", [graph.Node("Add", [value, one])]);
    }

    /// <summary>The mask, true at real tokens, shape <c>[texts, tokens, 1]</c>.</summary>
    private static string Mask(GraphBuilder graph) => graph.Node(
        "Reshape", [graph.Node("Cast", [MaskInput], NodeAttribute.Int("to", (int)OnnxElementType.Bool)), graph.Integers(0, 0, 1)]);

    /// <summary>The hidden state with its first token in place of padding: that changes no maximum, and the logits need no mask.</summary>
    private string WithoutPadding(GraphBuilder graph)
    {
        string first = graph.Node("Gather", [decoder.HiddenState, graph.Integers(0)], NodeAttribute.Int("axis", 1));
        return graph.Node("Where", [Mask(graph), decoder.HiddenState, first]);
    }

    private string Reduce(GraphBuilder graph, string opType, string value, int axesAreInputSince)
    {
        NodeAttribute drop = NodeAttribute.Int("keepdims", 0);
        return file.Opset >= axesAreInputSince
            ? graph.Node(opType, [value, graph.Integers(1)], drop)
            : graph.Node(opType, [value], NodeAttribute.Ints("axes", 1), drop);
    }

    private string InTypeOf(GraphBuilder graph, DecoderConstant bias, string logits) =>
        bias.Type == decoder.Weight.Type ? logits : graph.Node("Cast", [logits], NodeAttribute.Int("to", (int)bias.Type));

    // A cast to the type that a value has costs nothing: ONNX Runtime removes it.
    private string AsFloat(GraphBuilder graph, string value) =>
        decoder.Weight.Type == OnnxElementType.Float && decoder.Bias?.Type is null or OnnxElementType.Float
            ? value
            : graph.Node("Cast", [value], NodeAttribute.Int("to", (int)OnnxElementType.Float));
}
