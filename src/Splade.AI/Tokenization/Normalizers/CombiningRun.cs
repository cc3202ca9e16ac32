namespace Splade.AI.Tokenization.Normalizers;

/// <summary>A run of combining marks on their way into canonical order.</summary>
/// <remarks>
/// Reusable and growing. Where marks change places, Hugging Face does not move their sources along: the n-th mark keeps the source of
/// the n-th original character, and a mark that a decomposition added has the source of the one before it. So it is here.
/// </remarks>
internal sealed class CombiningRun
{
    private const int InitialCapacity = 8;

    private long[] _order = new long[InitialCapacity];
    private (int Scalar, bool IsFirst)[] _marks = new (int, bool)[InitialCapacity];
    private TokenOffset[] _sources = new TokenOffset[InitialCapacity];
    private PlacedScalar[] _placed = new PlacedScalar[InitialCapacity];
    private TokenOffset _starterSource;
    private int _count;
    private int _sourceCount;

    /// <summary>Begins a run after a character that is no mark.</summary>
    public void Begin(TokenOffset starterSource)
    {
        _starterSource = starterSource;
        _count = 0;
        _sourceCount = 0;
    }

    /// <summary>Adds a mark in the order of the text.</summary>
    /// <param name="scalar">The mark.</param>
    /// <param name="combiningClass">Its canonical combining class.</param>
    /// <param name="isFirst">Whether it is the first, or only, scalar that the original character decomposes to.</param>
    /// <param name="source">The original character.</param>
    public void Add(int scalar, byte combiningClass, bool isFirst, TokenOffset source)
    {
        if (_count == _marks.Length)
        {
            Grow();
        }

        // The position in the lower half keeps marks of one class in the order of the text.
        _order[_count] = ((long)combiningClass << 32) | (uint)_count;
        _marks[_count++] = (scalar, isFirst);
        if (isFirst)
        {
            _sources[_sourceCount++] = source;
        }
    }

    /// <summary>The marks in canonical order, valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<PlacedScalar> InOrder()
    {
        _order.AsSpan(0, _count).Sort();
        TokenOffset source = _starterSource;
        int nextSource = 0;
        for (int i = 0; i < _count; i++)
        {
            (int scalar, bool isFirst) = _marks[(int)(uint)_order[i]];
            source = isFirst ? _sources[nextSource++] : source;
            _placed[i] = new PlacedScalar(scalar, isFirst, source);
        }

        return _placed.AsSpan(0, _count);
    }

    private void Grow()
    {
        int capacity = _count * 2;
        Array.Resize(ref _order, capacity);
        Array.Resize(ref _marks, capacity);
        Array.Resize(ref _sources, capacity);
        Array.Resize(ref _placed, capacity);
    }
}
