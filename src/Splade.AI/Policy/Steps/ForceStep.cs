namespace Splade.AI.Policy.Steps;

/// <summary>The last step: what stands in the text and is forced has at least its minimum.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class ForceStep(PhraseTrie<ForcedPhrase> phrases)
{
    public void Apply(RaisedWeights weights, ReadOnlySpan<int> text, PolicyRecord? record)
    {
        var minima = new SortedDictionary<int, double>();
        foreach (ForcedPhrase forced in phrases.Find(text))
        {
            foreach (int id in forced.Ids)
            {
                minima[id] = Math.Max(minima.GetValueOrDefault(id), forced.Minimum);
            }
        }

        foreach ((int id, double minimum) in minima)
        {
            float before = weights[id];
            if (before < (float)minimum)
            {
                weights.Raise(id, (float)minimum);
                record?.Force(id, minimum, before, (float)minimum);
            }
        }
    }
}
