using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes an encoder: embeddings, layers, and the norm behind them.</summary>
internal sealed class EncoderWriter(GraphBuilder graph, Constants constants, LayerWriter layers, TokenInputs inputs)
{
    private readonly AttentionWriter _attention = new(
        graph, constants, layers, new AttentionMask(graph, constants, inputs), new RotaryWriter(graph, inputs, constants));

    /// <summary>The hidden state, shape <c>[batch, tokens, hidden]</c>.</summary>
    public string Write(Architecture architecture)
    {
        string x = new EmbeddingWriter(graph, constants, layers, inputs).Write(architecture.Embeddings);
        foreach (EncoderLayer layer in architecture.Layers)
        {
            x = Around(layer, layer.AttentionNorm, x, y => _attention.Write(layer.Attention, y));
            x = Around(layer, layer.FeedForwardNorm, x, y => Feed(layer.FeedForward, y));
        }

        return Norm(architecture.FinalNorm, x);
    }

    private string Around(EncoderLayer layer, NormLayer? norm, string x, Func<string, string> part) => layer.NormalisesFirst
        ? graph.Node("Add", [x, part(Norm(norm, x))])
        : Norm(norm, graph.Node("Add", [part(x), x]));

    private string Feed(FeedForward part, string x)
    {
        string up = layers.Apply(part.Up, x);
        if (part.GateLayer is DenseLayer gate)
        {
            return layers.Apply(part.Down, graph.Node("Mul", [layers.Apply(part.Activation, layers.Apply(gate, x)), up]));
        }

        if (part.Gate == Gate.None)
        {
            return layers.Apply(part.Down, layers.Apply(part.Activation, up));
        }

        string[] halves = graph.Node("Split", [up], outputs: 2, NodeAttribute.Int("axis", -1));
        (string activated, string other) = part.Gate == Gate.ActivatesFirst ? (halves[0], halves[1]) : (halves[1], halves[0]);
        return layers.Apply(part.Down, graph.Node("Mul", [layers.Apply(part.Activation, activated), other]));
    }

    private string Norm(NormLayer? norm, string x) => norm is null ? x : layers.Apply(norm, x);
}
