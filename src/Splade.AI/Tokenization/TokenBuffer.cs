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
    private int _textStart;

    /// <summary>Gets the ids, valid until the buffer is used again.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Gets the source of each token, in the order of <see cref="Ids"/>; valid until the buffer is used again.</summary>
    public ReadOnlySpan<TokenOffset> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>Gets how many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets a value indicating whether tokens were cut because of <see cref="TokenizationOptions.MaxTokens"/>.</summary>
    public bool Truncated { get; private set; }

    /// <summary>The tokenizer's working memory.</summary>
    internal WorkingMemory Memory { get; } = new();

    /// <summary>Whether there are more tokens than wanted, and so no reason to look for another.</summary>
    internal bool IsOverfull => Count > _limit;

    /// <summary>Whether there is no token of the text yet.</summary>
    internal bool HasNoText => Count == _textStart;

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
        _textStart = 0;
    }

    /// <summary>Says that the tokens to come are those of the text.</summary>
    internal void BeginText() => _textStart = Count;

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

    /// <summary>Cuts the first tokens of the text until there are no more than wanted.</summary>
    internal void CutStartTo(int limit)
    {
        int cut = Math.Max(0, Count - limit);
        Truncated = cut > 0;
        _ids.AsSpan((_textStart + cut)..Count).CopyTo(_ids.AsSpan(_textStart));
        _offsets.AsSpan((_textStart + cut)..Count).CopyTo(_offsets.AsSpan(_textStart));
        Count -= cut;
    }

    /// <summary>Turns offsets into a text, from a position on, into offsets into the original.</summary>
    internal void MapOffsets(int position, AlignedText text)
    {
        foreach (ref TokenOffset offset in _offsets.AsSpan(position, Count - position))
        {
            offset = text.ToOriginal(offset.Start, offset.End);
        }
    }

    /// <summary>Trims the offsets from a position on.</summary>
    internal void TrimOffsets(int position, OffsetTrimmer trimmer, ReadOnlySpan<char> original)
    {
        for (int i = position; i < Count; i++)
        {
            _offsets[i] = trimmer.Trim(_ids[i], _offsets[i], i == _textStart, original);
        }
    }
}
