namespace Splade.AI.Onnx.Outputs;

/// <summary>What an output of a model holds for a batch of texts.</summary>
internal enum OutputKind
{
    /// <summary>A row for each token, shape <c>[texts, tokens, width]</c>, or a number for each, <c>[texts, tokens]</c>.</summary>
    Tokens,

    /// <summary>A row for each text, shape <c>[texts, width]</c>.</summary>
    Text,

    /// <summary>One of these two with two dimensions, as two texts of different lengths will show.</summary>
    TokensOrText,

    /// <summary>Attention, shape <c>[texts, heads, tokens, tokens]</c>.</summary>
    Attention,
}
