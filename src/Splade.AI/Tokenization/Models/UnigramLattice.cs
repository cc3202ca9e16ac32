namespace Splade.AI.Tokenization.Models;

/// <summary>The best way to cut each beginning of a word.</summary>
/// <remarks>Reusable and growing; not safe for concurrent use.</remarks>
internal sealed class UnigramLattice
{
    private Node[] _ends = new Node[32];
    private int[] _path = new int[32];

    /// <summary>Begins a word.</summary>
    public void Begin(int length)
    {
        if (length >= _ends.Length)
        {
            int capacity = Math.Max(length + 1, _ends.Length * 2);
            _ends = new Node[capacity];
            _path = new int[capacity];
        }

        _ends.AsSpan(0, length + 1).Fill(new Node(-1, -1, 0));
    }

    /// <summary>The score of the best way to cut what ends at a position.</summary>
    public double ScoreAt(int end) => _ends[end].Score;

    /// <summary>Offers a token that is the last of a way to cut what ends at a position. The first of the best is kept.</summary>
    public void Offer(int start, int end, int id, double score)
    {
        ref Node best = ref _ends[end];
        if (best.Start < 0 || score > best.Score)
        {
            best = new Node(start, id, score);
        }
    }

    /// <summary>The token that ends at a position: where it starts, and its id.</summary>
    public (int Start, int Id) TokenAt(int end) => (_ends[end].Start, _ends[end].Id);

    /// <summary>Where the tokens of the best way to cut the word end, from left to right.</summary>
    public ReadOnlySpan<int> FindPath(int length)
    {
        int first = _path.Length;
        for (int end = length; end > 0; end = _ends[end].Start)
        {
            _path[--first] = end;
        }

        return _path.AsSpan(first);
    }

    private readonly record struct Node(int Start, int Id, double Score);
}
