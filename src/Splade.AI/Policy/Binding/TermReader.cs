using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Binding;

/// <summary>Words of a text as the tokens that a model makes of them.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class TermReader(Tokenizer tokenizer)
{
    /// <summary>
    /// What may stand before a word: nothing, a space, or a punctuation mark. Most byte-level and Unigram models write a word in another
    /// way after each of them.
    /// </summary>
    private static readonly string[] Before = [" ", "", "("];

    private static readonly TokenizationOptions Options = new() { AddSpecialTokens = false, SpecialTokensInText = false };

    private readonly TokenBuffer _tokens = new();
    private readonly HashSet<int> _special = [.. tokenizer.SpecialTokenIds];

    /// <summary>The different ways in which a text may have a word, that after a space first. None if the model does not know it.</summary>
    public IReadOnlyList<int[]> Read(string word)
    {
        var readings = new List<int[]>();
        foreach (string before in Before)
        {
            if (Read(before, word.Trim()) is int[] reading && !readings.Exists(r => r.AsSpan().SequenceEqual(reading)))
            {
                readings.Add(reading);
            }
        }

        return readings;
    }

    /// <summary>The tokens of a word after something else; null if they include an unknown one, or one of that and the word together.</summary>
    private int[]? Read(string before, string word)
    {
        tokenizer.Encode(before + word, _tokens, Options);
        int[] ids = TextIds.After(before.Length, _tokens.Ids, _tokens.Offsets);
        if (ids.Length == 0 || Array.Exists(ids, _special.Contains))
        {
            return null;
        }

        // A token that begins before the word, and with more than a space, has made one of both.
        return before == " " || _tokens.Offsets[_tokens.Count - ids.Length].Start >= before.Length ? ids : null;
    }
}
