using Splade.AI.Tokenization;

namespace Splade.SemanticKernel;

/// <summary>Where a text is cut so that one side has a number of tokens at most.</summary>
/// <remarks>Tokens may share a character, as the bytes of one do: they stay on one side, and the cut has fewer tokens.</remarks>
internal readonly ref struct TokenCut(ReadOnlySpan<TokenOffset> offsets, int maxTokens)
{
    private readonly ReadOnlySpan<TokenOffset> _offsets = offsets;

    /// <summary>The end of the part before the cut, and how many tokens it has.</summary>
    public (int Index, int Count) FromStart(int length)
    {
        int count = Math.Min(maxTokens, _offsets.Length);
        if (count == _offsets.Length)
        {
            return (length, count);
        }

        while (count > 0 && _offsets[count].Start < _offsets[count - 1].End)
        {
            count--;
        }

        return (count > 0 ? _offsets[count - 1].End : 0, count);
    }

    /// <summary>The start of the part after the cut, and how many tokens it has.</summary>
    public (int Index, int Count) FromEnd(int length)
    {
        int first = Math.Max(0, _offsets.Length - maxTokens);
        if (first == 0)
        {
            return (0, _offsets.Length);
        }

        while (first < _offsets.Length && _offsets[first].Start < _offsets[first - 1].End)
        {
            first++;
        }

        return (first < _offsets.Length ? _offsets[first].Start : length, _offsets.Length - first);
    }
}
