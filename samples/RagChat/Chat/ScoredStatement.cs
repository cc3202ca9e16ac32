namespace RagChat.Chat;

/// <summary>How well a statement answers a question: by itself, by the passage around it, and by the words they literally share.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Own">How close it comes to the question.</param>
/// <param name="OfPassage">How close its passage comes.</param>
/// <param name="Literal">The share of the question's content words that the statement or its headings say.</param>
internal sealed record ScoredStatement(Statement Statement, Similarity Own, Similarity OfPassage, float Literal)
{
    /// <summary>Enough to tell error E04 from E03, which models take for much the same, and too little to outweigh what a statement means.</summary>
    private const float LiteralWeight = 0.2f;

    /// <summary>The four cosines weigh the same: on the development questions no other weights did clearly better.</summary>
    public float Score => Own.Sum + OfPassage.Sum + (LiteralWeight * Literal);
}
