using System.Buffers;

namespace Splade.AI.Tokenization;

/// <summary>Finds added tokens: the leftmost first, and of those that begin at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<string> _contents;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _contents = SearchValues.Create([.. _longestFirst.Select(token => token.Content)], StringComparison.Ordinal);
    }

    /// <summary>The ids of those that steer the model.</summary>
    public IEnumerable<int> SpecialIds => _longestFirst.Where(token => token.Special).Select(token => token.Id);

    public bool IsEmpty => _longestFirst.Length == 0;

    public AddedTokenEnumerator Matches(ReadOnlySpan<char> text, bool withSpecial) => new(this, text, withSpecial);

    /// <summary>The first added token at or after a position, or null.</summary>
    public AddedToken? FindFirst(ReadOnlySpan<char> text, int from, out int position)
    {
        int distance = IsEmpty ? -1 : text[from..].IndexOfAny(_contents);
        position = from + distance;
        if (distance < 0)
        {
            return null;
        }

        foreach (AddedToken token in _longestFirst)
        {
            if (text[position..].StartsWith(token.Content, StringComparison.Ordinal))
            {
                return token;
            }
        }

        return null;
    }
}
