using Splade.AI;

namespace Splade.Cli.Matching;

/// <summary>The lines that a query finds best, of equal scores the earlier first. Lines that share no term with it are counted only.</summary>
internal sealed class LineRanking(SparseVector query, int top)
{
    // The worst that is kept comes out first.
    private readonly PriorityQueue<RankedLine, (float Score, long Earliness)> _best = new();

    public long Lines { get; private set; }

    public long Matches { get; private set; }

    public void Add(string text, SparseVector vector)
    {
        Lines++;
        float score = query.Dot(vector);
        if (score <= 0)
        {
            return;
        }

        Matches++;
        _best.Enqueue(new RankedLine(Lines, text, vector, score), (score, -Lines));
        if (_best.Count > top)
        {
            _best.Dequeue();
        }
    }

    public IReadOnlyList<RankedLine> BestFirst() =>
        [.. _best.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
}
