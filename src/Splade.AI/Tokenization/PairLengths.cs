namespace Splade.AI.Tokenization;

/// <summary>How many tokens of a query and of a text are kept where both do not fit.</summary>
internal readonly record struct PairLengths(int Query, int Text)
{
    /// <summary>Cuts the longer of the two, or both to halves: what Hugging Face's tokenizers does for the strategy <c>longest_first</c>.</summary>
    /// <remarks>
    /// The longer one gets what the shorter leaves, but no less than that has; where this is too much each gets a half, and the odd token is the longer
    /// one's, of equals the text's. Source: <c>truncate_encodings</c> of the Rust library, which takes no token away one by one, as the name has it.
    /// </remarks>
    /// <param name="limit">The most tokens of both, those of the template not counted.</param>
    public PairLengths LongestFirst(int limit)
    {
        if (Query + (long)Text <= limit)
        {
            return this;
        }

        bool textIsLonger = Text >= Query;
        int shorter = Math.Min(Query, Text);
        int longer = Math.Max(shorter, limit - shorter);
        if (shorter + (long)longer > limit)
        {
            shorter = limit / 2;
            longer = shorter + (limit % 2);
        }

        return textIsLonger ? new PairLengths(shorter, longer) : new PairLengths(longer, shorter);
    }

    /// <summary>Cuts the query to three quarters of all that a model reads, and then the text to what is left: what FlagEmbedding's FlagReranker does.</summary>
    /// <param name="maxTokens">The most tokens of the pair, those of the template included.</param>
    /// <param name="limit">The most tokens of both, those of the template not counted.</param>
    public PairLengths QueryThenText(int maxTokens, int limit)
    {
        int query = Math.Min(Math.Min(Query, (int)(maxTokens * 3L / 4)), limit);
        return new PairLengths(query, Math.Min(Text, limit - query));
    }
}
