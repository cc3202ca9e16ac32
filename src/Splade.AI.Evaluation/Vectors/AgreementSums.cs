namespace Splade.AI.Evaluation;

/// <summary>Adds up how far pairs of vectors agree.</summary>
internal sealed class AgreementSums
{
    private double _cosines;
    private double _leastCosine = 1;
    private double _overlaps;
    private double _active;
    private double _drifts;

    public int Texts { get; private set; }

    public void Add(SparseVector wanted, SparseVector found)
    {
        double cosine = Cosine(wanted, found);
        Texts++;
        _cosines += cosine;
        _leastCosine = Math.Min(_leastCosine, cosine);
        _overlaps += TopOverlap(wanted, found);
        _active += wanted.Count;
        _drifts += (double)Math.Abs(found.Count - wanted.Count) / Math.Max(1, wanted.Count);
    }

    public PrecisionAgreement ToAgreement() => new()
    {
        Texts = Texts,
        MeanCosine = _cosines / Texts,
        MinCosine = _leastCosine,
        MeanTopOverlap = _overlaps / Texts,
        MeanActiveDimensions = _active / Texts,
        MeanActiveDimensionsDrift = _drifts / Texts,
    };

    // Two vectors without entries are the same, though they have no direction.
    private static double Cosine(SparseVector wanted, SparseVector found) => wanted.Count == 0 && found.Count == 0 ? 1 : wanted.Cosine(found);

    private static double TopOverlap(SparseVector wanted, SparseVector found)
    {
        int[] heaviest = Heaviest(wanted), others = Heaviest(found);
        int most = Math.Max(heaviest.Length, others.Length);
        return most == 0 ? 1 : (double)heaviest.Intersect(others).Count() / most;
    }

    private static int[] Heaviest(SparseVector vector) => vector.TopK(PrecisionAgreement.Top).Indices.ToArray();
}
