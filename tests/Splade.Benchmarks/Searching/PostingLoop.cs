using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>The plain way with an inverted index: term after term adds its products to a score for each document, then the best are taken.</summary>
internal sealed class PostingLoop
{
    private readonly int[] _starts = new int[GeneratedVectors.Dimensions + 1];
    private readonly int[] _rows;
    private readonly float[] _weights;
    private readonly float[] _scores;

    public PostingLoop(IReadOnlyList<SparseVector> documents)
    {
        foreach (SparseVector document in documents)
        {
            foreach (int term in document.Indices)
            {
                _starts[term + 1]++;
            }
        }

        for (int term = 0; term < GeneratedVectors.Dimensions; term++)
        {
            _starts[term + 1] += _starts[term];
        }

        _rows = new int[_starts[^1]];
        _weights = new float[_starts[^1]];
        _scores = new float[documents.Count];
        int[] next = _starts[..^1];
        for (int row = 0; row < documents.Count; row++)
        {
            for (int i = 0; i < documents[row].Count; i++)
            {
                int place = next[documents[row].Indices[i]]++;
                _rows[place] = row;
                _weights[place] = documents[row].Values[i];
            }
        }
    }

    public (int Row, float Score)[] Search(SparseVector query, int top)
    {
        Array.Clear(_scores);
        for (int i = 0; i < query.Count; i++)
        {
            int term = query.Indices[i];
            float weight = query.Values[i];
            for (int place = _starts[term]; place < _starts[term + 1]; place++)
            {
                _scores[_rows[place]] += weight * _weights[place];
            }
        }

        return Best(_scores, top);
    }

    /// <summary>The best of all scores, of equal ones the lower row.</summary>
    public static (int Row, float Score)[] Best(float[] scores, int top)
    {
        var best = new PriorityQueue<int, (float Score, int Before)>();
        for (int row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0 && (best.Count < top || (best.TryPeek(out _, out (float Score, int Before) least) && scores[row] > least.Score)))
            {
                best.Enqueue(row, (scores[row], -row));
                if (best.Count > top)
                {
                    best.Dequeue();
                }
            }
        }

        return [.. best.UnorderedItems.Select(item => (item.Element, item.Priority.Score)).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Element)];
    }
}
