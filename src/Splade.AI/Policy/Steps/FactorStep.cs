namespace Splade.AI.Policy.Steps;

/// <summary>The first two steps, in one pass: what is banned is left out, what is boosted is multiplied.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
/// <param name="factors">By token; 1 for one that stays as it is.</param>
/// <param name="phrases">Words of several tokens that are boosted where a text has them.</param>
internal sealed class FactorStep(double[] factors, PhraseTrie<PhraseBoost> phrases)
{
    /// <summary>In the place of a factor.</summary>
    public const double Banned = 0;

    /// <summary>The product of two factors, which is never that of a ban, however small.</summary>
    public static double Multiply(double factor, double other) => Math.Max(factor * other, double.Epsilon);

    public bool ReadsText => !phrases.IsEmpty;

    public SparseVector Apply(SparseVector vector, ReadOnlySpan<int> text, PolicyRecord? record)
    {
        Dictionary<int, double>? ofText = ReadsText ? FactorsOf(text) : null;
        int[] indices = new int[vector.Count];
        float[] values = new float[vector.Count];
        int count = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            int id = vector.Indices[i];
            float before = vector.Values[i];
            if (factors[id] == Banned)
            {
                record?.Ban(id, before);
                continue;
            }

            double factor = factors[id] * (ofText?.GetValueOrDefault(id, 1) ?? 1);
            indices[count] = id;
            values[count] = Scale(id, before, factor, record);
            count++;
        }

        return SparseVector.Own(indices[..count], values[..count], vector.Dimensions);
    }

    private static float Scale(int id, float before, double factor, PolicyRecord? record)
    {
        if (factor == 1)
        {
            return before;
        }

        float after = SinglePrecision.Weight(before * factor);
        record?.Boost(id, factor, before, after);
        return after;
    }

    private Dictionary<int, double> FactorsOf(ReadOnlySpan<int> text)
    {
        var ofText = new Dictionary<int, double>();
        var done = new HashSet<(int Rule, int Id)>();
        foreach (PhraseBoost boost in phrases.Find(text))
        {
            foreach (int id in boost.Ids)
            {
                if (done.Add((boost.Rule, id)))
                {
                    ofText[id] = Multiply(ofText.GetValueOrDefault(id, 1), boost.Factor);
                }
            }
        }

        return ofText;
    }
}
