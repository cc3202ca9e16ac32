namespace Splade.AI.Tokenization;

/// <summary>Makes token pairs of one query and many texts: the query is tokenized once.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PairReader
{
    private readonly Tokenizer _tokenizer;
    private readonly TokenizationOptions _options;
    private readonly PairTruncation _truncation;
    private readonly int[] _query;
    private readonly int _limit;
    private readonly TokenBuffer _tokens = new();

    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="query">The query.</param>
    /// <param name="options">How both are tokenized; <see cref="TokenizationOptions.MaxTokens"/> is that of a pair, its template included.</param>
    /// <param name="truncation">What is cut of a pair that is longer.</param>
    /// <exception cref="SpladeModelException">The tokenizer has no template for pairs.</exception>
    public PairReader(Tokenizer tokenizer, string query, TokenizationOptions options, PairTruncation truncation)
    {
        _tokenizer = tokenizer;
        _options = options with { AddSpecialTokens = false };
        _truncation = truncation;
        _limit = options.MaxTokens - tokenizer.PairTemplate.Count;

        // All of it: which of the two is the longer decides what is cut.
        tokenizer.Encode(query, _tokens, _options with { MaxTokens = int.MaxValue });
        _query = _tokens.Ids.ToArray();
    }

    /// <summary>The pair of the query and a text.</summary>
    public TokenPair Read(string text)
    {
        // One token more than can count, in comparison with the limit and with the query.
        _tokenizer.Encode(text, _tokens, _options with { MaxTokens = Math.Max(_query.Length, _limit) + 1 });
        var all = new PairLengths(_query.Length, _tokens.Count);
        PairLengths kept = _truncation == PairTruncation.LongestFirst ? all.LongestFirst(_limit) : all.QueryThenText(_options.MaxTokens, _limit);
        return _tokenizer.PairTemplate.Join(Cut(_query, kept.Query), Cut(_tokens.Ids, kept.Text), kept != all);
    }

    private ReadOnlySpan<int> Cut(ReadOnlySpan<int> ids, int count) => _options.TruncatesLeft ? ids[^count..] : ids[..count];
}
