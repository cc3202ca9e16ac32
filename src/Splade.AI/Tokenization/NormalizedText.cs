using System.Text;
using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization;

/// <summary>Text after normalization, and where each of its code units comes from.</summary>
/// <remarks>Reusable and growing; not safe for concurrent use. Belongs to the working memory of a <see cref="TokenBuffer"/>.</remarks>
internal sealed class NormalizedText
{
    private const int InitialCapacity = 32;

    private char[] _text = new char[InitialCapacity];
    private TokenOffset[] _sources = new TokenOffset[InitialCapacity];
    private int _length;

    /// <summary>Marks that wait for the end of their run, because a mark to come may have to stand before them.</summary>
    public CombiningRun PendingMarks { get; } = new();

    /// <summary>Scalars that wait for a mark to come, because they may become one with it.</summary>
    public Composer Composer => field ??= new Composer();

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>Valid until more is appended.</summary>
    public AlignedText View => new(Text, _sources.AsSpan(0, _length));

    public void Clear() => _length = 0;

    public void Append(int scalar, TokenOffset source)
    {
        if (_length + 2 > _text.Length)
        {
            Grow(_text.Length * 2);
        }

        int units = new Rune(scalar).EncodeToUtf16(_text.AsSpan(_length));
        _sources.AsSpan(_length, units).Fill(source);
        _length += units;
    }

    /// <summary>Appends text with its sources.</summary>
    public void Append(AlignedText text)
    {
        int length = _length + text.Length;
        if (length > _text.Length)
        {
            Grow(Math.Max(length, _text.Length * 2));
        }

        text.Text.CopyTo(_text.AsSpan(_length));
        text.CopySources(_sources.AsSpan(_length));
        _length = length;
    }

    /// <summary>Puts one character in the place of another.</summary>
    public void Replace(char old, char replacement) => _text.AsSpan(0, _length).Replace(old, replacement);

    private void Grow(int capacity)
    {
        Array.Resize(ref _text, capacity);
        Array.Resize(ref _sources, capacity);
    }
}
