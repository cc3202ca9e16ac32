namespace Splade.AI.Onnx;

/// <summary>What a model gives for a batch of texts.</summary>
internal enum OutputContract
{
    /// <summary>A row for each token, shape <c>[texts, tokens, width]</c>: to be reduced to a row for each text.</summary>
    TokenRows,

    /// <summary>A row for each text, shape <c>[texts, width]</c>: reduced inside the model.</summary>
    TextRows,

    /// <summary>Indices and weights of one text, as Anserini's exports give them: the vector itself.</summary>
    IndicesAndWeights,

    /// <summary>Outputs that were asked for by name, each of a shape of its own.</summary>
    Named,
}
