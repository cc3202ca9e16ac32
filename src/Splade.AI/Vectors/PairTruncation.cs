namespace Splade.AI;

/// <summary>Specifies what is cut of a query and a text that are longer together than a reranker reads.</summary>
public enum PairTruncation
{
    /// <summary>
    /// Cuts the longer of the two down to the shorter one's length, and if that is too much both to halves: <c>longest_first</c> of Hugging Face's
    /// tokenizers, as Sentence Transformers and FastEmbed do it. The default.
    /// </summary>
    LongestFirst,

    /// <summary>Cuts the query to three quarters of the limit, and then the text only: as FlagEmbedding's FlagReranker does it.</summary>
    QueryThenText,
}
