using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>A text and the part of the original text that each of its code units comes from: a view that copies nothing.</summary>
/// <remarks>Text that no normalizer has changed needs no list of sources: it stands in the original, some code units further on.</remarks>
internal readonly ref struct AlignedText
{
    private readonly ReadOnlySpan<TokenOffset> _sources;
    private readonly int _shift;

    /// <summary>A part of the original text that begins at a position.</summary>
    public AlignedText(ReadOnlySpan<char> text, int start)
    {
        Text = text;
        _shift = start;
    }

    /// <summary>Text that was made, with the source of each code unit.</summary>
    public AlignedText(ReadOnlySpan<char> text, ReadOnlySpan<TokenOffset> sources)
    {
        Debug.Assert(text.Length == sources.Length, "Every code unit has a source.");
        Text = text;
        _sources = sources;
    }

    public ReadOnlySpan<char> Text { get; }

    public int Length => Text.Length;

    public AlignedText Slice(int start, int end) => _sources.IsEmpty
        ? new AlignedText(Text[start..end], _shift + start)
        : new AlignedText(Text[start..end], _sources[start..end]);

    /// <summary>The part of the original text that a part of this text, not empty, comes from.</summary>
    public TokenOffset ToOriginal(int start, int end) => _sources.IsEmpty
        ? new TokenOffset(_shift + start, _shift + end)
        : new TokenOffset(_sources[start].Start, _sources[end - 1].End);

    /// <summary>The source of a scalar that stands at a position.</summary>
    public TokenOffset SourceOfScalar(int position) => ToOriginal(position, position + ScalarLength(position));

    /// <summary>Copies the source of each code unit; the two units of a scalar have one source.</summary>
    public void CopySources(Span<TokenOffset> destination)
    {
        if (!_sources.IsEmpty)
        {
            _sources.CopyTo(destination);
            return;
        }

        int length;
        for (int at = 0; at < Length; at += length)
        {
            length = ScalarLength(at);
            destination.Slice(at, length).Fill(ToOriginal(at, at + length));
        }
    }

    /// <summary>How many code units the scalar at a position has. A lone surrogate is one.</summary>
    public int ScalarLength(int position) =>
        char.IsHighSurrogate(Text[position]) && position + 1 < Text.Length && char.IsLowSurrogate(Text[position + 1]) ? 2 : 1;
}
