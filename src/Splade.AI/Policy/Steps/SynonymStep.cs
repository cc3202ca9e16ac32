using Splade.AI.Tokenization;

namespace Splade.AI.Policy.Steps;

/// <summary>The third step: synonyms get at least their share of the weights before the step.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
/// <param name="tokens">The synonyms of single tokens.</param>
/// <param name="phrases">Words of several tokens that have synonyms.</param>
/// <param name="vocabulary">The names of tokens.</param>
internal sealed class SynonymStep(IReadOnlyDictionary<int, List<Synonym>> tokens, PhraseTrie<PhraseSynonyms> phrases, Vocabulary vocabulary)
{
    public bool ReadsText => !phrases.IsEmpty;

    public void Apply(RaisedWeights weights, ReadOnlySpan<int> text, PolicyRecord? record)
    {
        var best = new SortedDictionary<int, Share>();
        SparseVector before = weights.Before;
        for (int i = 0; i < before.Count; i++)
        {
            if (tokens.TryGetValue(before.Indices[i], out List<Synonym>? synonyms))
            {
                Offer(best, synonyms, before.Values[i], vocabulary[before.Indices[i]]);
            }
        }

        foreach (PhraseSynonyms found in phrases.Find(text))
        {
            Offer(best, found.Synonyms, found.Phrase.Ids.Max(id => before[id]), found.Phrase.Text);
        }

        foreach ((int id, Share share) in best.Where(b => b.Value.Weight > before[b.Key]))
        {
            weights.Raise(id, share.Weight);
            record?.Raise(id, share.Source, share.Factor, before[id], share.Weight);
        }
    }

    /// <summary>Keeps for each synonym the largest share of a weight, of equal ones the first.</summary>
    private static void Offer(SortedDictionary<int, Share> best, IEnumerable<Synonym> synonyms, float weight, string source)
    {
        if (weight == 0)
        {
            return;
        }

        foreach (Synonym synonym in synonyms)
        {
            float share = SinglePrecision.Weight(weight * synonym.Factor);
            if (!best.TryGetValue(synonym.Id, out Share? known) || share > known.Weight)
            {
                best[synonym.Id] = new Share(share, synonym.Factor, source);
            }
        }
    }

    private sealed record Share(float Weight, double Factor, string Source);
}
