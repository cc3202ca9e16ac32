using Splade.AI.Lexical;
using Splade.AI.TextEncoding;

namespace Splade.AI.MiniCoil;

/// <summary>Makes vectors of readings: of a document by BM25's saturated frequency, of a query without it.</summary>
/// <param name="options">k, b and the mean length.</param>
/// <param name="components">How many dimensions a known word has.</param>
internal sealed class MiniCoilVectors(MiniCoilOptions options, int components)
{
    private readonly double _k = options.K, _b = options.B, _averageLength = options.AverageLength;

    /// <summary>How many entries the vector of a reading has, but for those of two stems on one dimension.</summary>
    public int? Count(MiniCoilReading reading) => (reading.Known.Count * components) + reading.Unknown.Count;

    public MiniCoilEncoding Create(EncodedText<MiniCoilReading> encoded, EmbeddingInputType inputType)
    {
        MiniCoilReading reading = encoded.Vector;
        long length = reading.Known.Sum(w => (long)w.Count) + reading.Unknown.Sum(w => (long)w.Count);
        var saturated = new SaturatedFrequency(_k, _b, _averageLength, length);
        var entries = new SortedDictionary<int, float>();
        foreach ((int word, float[] sense, int count) in reading.Known)
        {
            for (int i = 0; i < components; i++)
            {
                entries[(word * components) + i] = (float)(sense[i] * Weigh(count));
            }
        }

        // Of two stems on one dimension the one that was met first later has it: Qdrant takes no dimension twice.
        foreach ((int dimension, int count) in reading.Unknown)
        {
            entries[dimension] = (float)Weigh(count);
        }

        return new MiniCoilEncoding(entries.Keys.ToArray(), entries.Values.ToArray(), encoded.TokenCount, encoded.Truncated);

        double Weigh(int count) => inputType == EmbeddingInputType.Query ? 1 : saturated.Weigh(count);
    }
}
