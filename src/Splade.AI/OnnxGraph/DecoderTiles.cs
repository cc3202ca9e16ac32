namespace Splade.AI.OnnxGraph;

/// <summary>Writes the decoder as one MatMul for each tile of vocabulary columns, so that its whole output never exists at once.</summary>
/// <remarks>The tiles are slices of the stored weight in the graph: ONNX Runtime folds them into constants when it loads the model.</remarks>
internal sealed class DecoderTiles(GraphBuilder graph, Decoder decoder, int columnsPerTile)
{
    /// <summary>Writes the tiles one beside the other.</summary>
    /// <param name="hiddenState">The hidden state, shape <c>[texts, tokens, hidden]</c>.</param>
    /// <param name="reduce">From a tile's logits and its first and last column to a row for each text.</param>
    /// <returns>The rows of all tiles, shape <c>[texts, vocabulary]</c>.</returns>
    public string Concatenate(string hiddenState, Func<string, Range, string> reduce)
    {
        var rows = new List<string>();
        for (int first = 0; first < decoder.Vocabulary; first += columnsPerTile)
        {
            Range columns = first..Math.Min(first + columnsPerTile, decoder.Vocabulary);
            rows.Add(reduce(graph.Node("MatMul", [hiddenState, Weight(columns)]), columns));
        }

        return rows is [string only] ? only : graph.Node("Concat", rows, NodeAttribute.Int("axis", 1));
    }

    /// <summary>The bias of some columns, in the type of the logits.</summary>
    public string Bias(DecoderConstant bias, Range columns) =>
        Cast(Slice(bias.Value, columns, axis: bias.Tensor.Dimensions.Count - 1), bias.Tensor.Type, bias.Type);

    private string Weight(Range columns)
    {
        DecoderConstant weight = decoder.Weight;
        string slice = Cast(Slice(weight.Value, columns, axis: weight.Transposed ? 0 : 1), weight.Tensor.Type, weight.Type);
        return weight.Transposed ? graph.Node("Transpose", [slice], NodeAttribute.Ints("perm", 1, 0)) : slice;
    }

    private string Slice(string constant, Range columns, int axis) => columns.Equals(..decoder.Vocabulary) ? constant : graph.Node(
        "Slice", [constant, graph.Integers(columns.Start.Value), graph.Integers(columns.End.Value), graph.Integers(axis)]);

    private string Cast(string value, OnnxElementType from, OnnxElementType to) =>
        from == to ? value : graph.Node("Cast", [value], NodeAttribute.Int("to", (int)to));
}
