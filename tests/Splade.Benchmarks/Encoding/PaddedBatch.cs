namespace Splade.Benchmarks.Encoding;

/// <summary>Some texts as rectangular arrays, padded to the longest.</summary>
internal sealed class PaddedBatch
{
    /// <param name="texts">The token ids of each text.</param>
    /// <param name="padTokenId">What fills the rows of shorter texts.</param>
    public PaddedBatch(IReadOnlyList<int[]> texts, int padTokenId)
    {
        Lengths = [.. texts.Select(t => t.Length)];
        Length = Lengths.Max();
        Ids = new long[Rows * Length];
        Mask = new long[Rows * Length];
        TypeIds = new long[Rows * Length];
        Array.Fill(Ids, padTokenId);
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < Lengths[row]; i++)
            {
                Ids[(row * Length) + i] = texts[row][i];
                Mask[(row * Length) + i] = 1;
            }
        }
    }

    public int Rows => Lengths.Length;

    /// <summary>The length of the longest text.</summary>
    public int Length { get; }

    /// <summary>The length of each text.</summary>
    public int[] Lengths { get; }

    public long[] Ids { get; }

    public long[] Mask { get; }

    public long[] TypeIds { get; }
}
