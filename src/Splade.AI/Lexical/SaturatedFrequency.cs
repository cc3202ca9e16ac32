namespace Splade.AI.Lexical;

/// <summary>BM25's weight of a term in a document of a length: <c>f (k + 1) / (f + k (1 - b + b length / average))</c>.</summary>
/// <remarks>S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.</remarks>
internal readonly struct SaturatedFrequency(double k, double b, double averageLength, double length)
{
    private readonly double _most = k + 1;
    private readonly double _saturation = k * (1 - b + (b * length / averageLength));

    /// <summary>The weight of a term that stands in the document so often.</summary>
    public double Weigh(int frequency) => frequency * _most / (frequency + _saturation);
}
