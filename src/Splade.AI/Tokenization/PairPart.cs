namespace Splade.AI.Tokenization;

/// <summary>What may stand at a place of the template for a pair of texts.</summary>
internal enum PairPart
{
    /// <summary>A special token, such as <c>[SEP]</c>.</summary>
    Special,

    /// <summary>The first text, A: for a reranker the query.</summary>
    First,

    /// <summary>The second text, B.</summary>
    Second,
}
