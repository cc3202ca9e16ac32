using RagChat.Answering;
using Splade.AI;
using Splade.AI.Explanation;

namespace RagChat.Tests.TestDoubles;

/// <summary>Explains matches of the test generator, which knows no words but its terms.</summary>
internal static class TestExplanation
{
    public static ExplainMatch Of(IReadOnlyList<string> vocabulary) =>
        (query, _, source, _) => Task.FromResult(Explain(query, source.Hit.Record.Sparse, vocabulary));

    private static MatchExplanation Explain(SparseVector query, SparseVector passage, IReadOnlyList<string> vocabulary)
    {
        float score = query.Dot(passage);
        int[] shared = [.. query.Indices.ToArray().Where(i => passage[i] > 0)];
        return new MatchExplanation
        {
            Score = score,
            Terms = [.. shared.Select(i => Matched(vocabulary, i, query[i], passage[i], score))],
            TermCount = shared.Length,
            UnmatchedTerms = [],
            UnmatchedCount = query.Count - shared.Length,
        };
    }

    private static MatchedTerm Matched(IReadOnlyList<string> vocabulary, int id, float query, float passage, float score) => new()
    {
        Query = Term(vocabulary, id, query),
        Document = Term(vocabulary, id, passage),
        Contribution = query * passage,
        Share = query * passage / score,
    };

    private static ExplainedTerm Term(IReadOnlyList<string> vocabulary, int id, float weight) =>
        new() { Id = id, Token = vocabulary[id], Text = vocabulary[id], Weight = weight, Share = 1 };
}
