namespace Splade.AI.Tokenization;

/// <summary>The tokens of one text, in memory that is used again for the next text.</summary>
/// <remarks>
/// Owned by the caller; keep one per thread. Not safe for concurrent use. It also holds the tokenizer's working memory, so once it has
/// grown to the longest text, <see cref="Tokenizer.Encode(ReadOnlySpan{char}, TokenBuffer, TokenizationOptions)"/> allocates nothing.
/// </remarks>
public sealed class TokenBuffer
{
    private const int InitialCapacity = 64;

    private int[] _ids = new int[InitialCapacity];
    private TokenOffset[] _offsets = new TokenOffset[InitialCapacity];
    private int _limit;

    /// <summary>The ids, valid until the buffer is used again.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The source of each token, in the order of <see cref="Ids"/>; valid until the buffer is used again.</summary>
    public ReadOnlySpan<TokenOffset> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether tokens were cut because of <see cref="TokenizationOptions.MaxTokens"/>.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Working memory for text that is not plain ASCII.</summary>
    internal NormalizedText Scratch { get; } = new();

    /// <summary>Whether there are more tokens than wanted, and so no reason to look for another.</summary>
    internal bool IsOverfull => Count > _limit;

    /// <summary>Empties the buffer and keeps its memory.</summary>
    public void Clear()
    {
        Count = 0;
        Truncated = false;
    }

    /// <summary>Empties the buffer for a text of which so many tokens are wanted.</summary>
    internal void Begin(int limit)
    {
        Clear();
        _limit = limit;
    }

    internal void Add(int id, int start, int end)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            Array.Resize(ref _offsets, Count * 2);
        }

        _ids[Count] = id;
        _offsets[Count] = new TokenOffset(start, end);
        Count++;
    }

    /// <summary>Takes back the tokens from a position on.</summary>
    internal void RemoveFrom(int position) => Count = position;

    /// <summary>Cuts the tokens beyond those wanted.</summary>
    internal void CutToLimit()
    {
        Truncated = IsOverfull;
        Count = Math.Min(Count, _limit);
    }

    /// <summary>Turns offsets into normalized text, from a position on, into offsets into the original.</summary>
    internal void MapOffsets(int position, NormalizedText normalized)
    {
        foreach (ref TokenOffset offset in _offsets.AsSpan(position, Count - position))
        {
            offset = normalized.ToOriginal(offset.Start, offset.End);
        }
    }
}
