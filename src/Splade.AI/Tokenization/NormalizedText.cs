using System.Text;

namespace Splade.AI.Tokenization;

/// <summary>Text after normalization, and where each of its code units comes from.</summary>
/// <remarks>Reusable and growing; not safe for concurrent use. Belongs to a <see cref="TokenBuffer"/>.</remarks>
internal sealed class NormalizedText
{
    private const int InitialCapacity = 32;

    private char[] _text = new char[InitialCapacity];
    private TokenOffset[] _sources = new TokenOffset[InitialCapacity];
    private int _length;

    /// <summary>Marks that wait for the end of their run, because a mark to come may have to stand before them.</summary>
    public CombiningRun PendingMarks { get; } = new();

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Append(int scalar, TokenOffset source)
    {
        if (_length + 2 > _text.Length)
        {
            Array.Resize(ref _text, _text.Length * 2);
            Array.Resize(ref _sources, _sources.Length * 2);
        }

        int units = new Rune(scalar).EncodeToUtf16(_text.AsSpan(_length));
        _sources.AsSpan(_length, units).Fill(source);
        _length += units;
    }

    /// <summary>The part of the original text that a part of this text, not empty, comes from.</summary>
    public TokenOffset ToOriginal(int start, int end) => new(_sources[start].Start, _sources[end - 1].End);
}
