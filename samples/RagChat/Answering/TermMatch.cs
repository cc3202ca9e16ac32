using Splade.AI;

namespace RagChat.Answering;

/// <summary>A term of the vocabulary in which a question and a passage met.</summary>
internal readonly record struct TermMatch(string Term, float QueryWeight, float PassageWeight)
{
    /// <summary>What the term adds to the sparse score: the contributions of all terms add up to it.</summary>
    public float Contribution => QueryWeight * PassageWeight;

    /// <summary>The terms in which two vectors meet, by falling contribution.</summary>
    public static IReadOnlyList<TermMatch> Between(SparseVector query, SparseVector passage, IReadOnlyList<string> vocabulary)
    {
        var matches = new List<TermMatch>();
        for (int i = 0; i < query.Count; i++)
        {
            int term = query.Indices[i];
            float passageWeight = passage[term];
            if (passageWeight > 0)
            {
                matches.Add(new TermMatch(vocabulary[term], query.Values[i], passageWeight));
            }
        }

        return [.. matches.OrderByDescending(m => m.Contribution).ThenBy(m => m.Term, StringComparer.Ordinal)];
    }
}
