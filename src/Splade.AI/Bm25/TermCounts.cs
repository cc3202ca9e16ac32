using Splade.AI.Tokenization;

namespace Splade.AI.Bm25;

/// <summary>How often each term stands in a text, and room to count that, used for one text after another. Not safe for concurrent use.</summary>
internal sealed class TermCounts
{
    /// <summary>What a text with more words, or a longer word, has made room for is given up after it.</summary>
    private const int MostKept = 1 << 14;

    [ThreadStatic]
    private static TermCounts? _ofThread;

    private readonly TermCounter _counts = new();
    private char[] _letters = new char[64];
    private ulong[] _keys = [];
    private float[] _weights = [];

    /// <summary>Where the words of the text stand.</summary>
    public List<TokenOffset> Words { get; } = [];

    /// <summary>How many terms the text has, repetitions included.</summary>
    public int Length { get; private set; }

    /// <summary>How many words were left out because of their length.</summary>
    public int TooLong { get; set; }

    /// <summary>Takes that of the thread, which a caller's own rule may leave to another text meanwhile.</summary>
    public static TermCounts Rent()
    {
        TermCounts counts = _ofThread ?? new TermCounts();
        _ofThread = null;
        return counts;
    }

    public static void Return(TermCounts counts) =>
        _ofThread = counts.Words.Capacity > MostKept || counts._letters.Length > MostKept || counts._counts.Capacity > MostKept ? null : counts;

    public void Clear()
    {
        Words.Clear();
        _counts.Clear();
        (Length, TooLong) = (0, 0);
    }

    public void Add(Term term)
    {
        _counts.Add(term);
        Length++;
    }

    /// <summary>Room for a word.</summary>
    public Span<char> Letters(int count)
    {
        if (_letters.Length < count)
        {
            _letters = new char[count];
        }

        return _letters.AsSpan(0, count);
    }

    /// <summary>The terms as a vector. Of two on one dimension the one that was met first later has it, as in FastEmbed.</summary>
    /// <param name="weigh">The weight of a term that stands in the text so often.</param>
    /// <param name="dimensions">The size of the space.</param>
    public SparseVector ToVector(Func<int, float> weigh, int dimensions)
    {
        ReadOnlySpan<TermCounter.Counted> terms = _counts.Terms;
        int count = terms.Length;
        if (_keys.Length < count)
        {
            (_keys, _weights) = (new ulong[2 * count], new float[2 * count]);
        }

        for (int order = 0; order < count; order++)
        {
            _weights[order] = weigh(terms[order].Frequency);
            _keys[order] = ((ulong)terms[order].Term.Dimension << 32) | (uint)order;
        }

        Span<ulong> keys = _keys.AsSpan(0, count);
        keys.Sort();
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            bool isLast = i + 1 == count || keys[i] >> 32 != keys[i + 1] >> 32;
            keys[kept] = keys[i];
            kept += isLast ? 1 : 0;
        }

        int[] indices = new int[kept];
        float[] values = new float[kept];
        for (int i = 0; i < kept; i++)
        {
            indices[i] = (int)(keys[i] >> 32);
            values[i] = _weights[(int)keys[i]];
        }

        return SparseVector.Own(indices, values, dimensions);
    }
}
