using System.Buffers;

namespace Splade.AI.Tokenization;

/// <summary>Finds added tokens: the leftmost first, and of those that begin at one place the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<char> _firstCharacters;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Content.Length)];
        _firstCharacters = SearchValues.Create([.. _longestFirst.Select(token => token.Content[0]).Distinct()]);
    }

    public bool IsEmpty => _longestFirst.Length == 0;

    public AddedTokenEnumerator Matches(ReadOnlySpan<char> text, bool withSpecial) => new(this, text, withSpecial);

    /// <summary>The first added token at or after a position, or null.</summary>
    public AddedToken? FindFirst(ReadOnlySpan<char> text, int from, out int position)
    {
        for (position = from; position < text.Length; position++)
        {
            int distance = text[position..].IndexOfAny(_firstCharacters);
            if (distance < 0)
            {
                return null;
            }

            position += distance;
            foreach (AddedToken token in _longestFirst)
            {
                if (text[position..].StartsWith(token.Content, StringComparison.Ordinal))
                {
                    return token;
                }
            }
        }

        return null;
    }
}
