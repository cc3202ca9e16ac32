using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>The obvious way: every document is scored, by the definition of the dot product.</summary>
internal static class ScoreEach
{
    public static (int Row, float Score)[] Search(IReadOnlyList<SparseVector> documents, SparseVector query, int top)
    {
        float[] scores = new float[documents.Count];
        Parallel.For(0, documents.Count, row => scores[row] = query.Dot(documents[row]));
        return PostingLoop.Best(scores, top);
    }
}
