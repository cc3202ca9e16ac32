using Splade.AI.Architectures.Tables;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Architectures.Pieces;

/// <summary>Writes what tokens begin as: norm(word + type + position).</summary>
internal sealed class EmbeddingWriter(GraphBuilder graph, Constants constants, LayerWriter layers, TokenInputs inputs)
{
    public string Write(EmbeddingSum embeddings)
    {
        string sum = layers.LookUp(embeddings.Word, inputs.Ids);
        if (embeddings.Type is LookupTable types)
        {
            sum = graph.Node("Add", [sum, layers.LookUp(types, embeddings.FeedsTypes ? inputs.Types : constants.Integer(0))]);
        }

        if (embeddings.Position is LookupTable positions)
        {
            string position = embeddings.PaddingToken is int padding ? inputs.PositionsPast(padding) : inputs.Positions;
            sum = graph.Node("Add", [sum, layers.LookUp(positions, position)]);
        }

        return layers.Apply(embeddings.Norm, sum);
    }
}
