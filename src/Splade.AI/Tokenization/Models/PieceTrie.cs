namespace Splade.AI.Tokenization.Models;

/// <summary>Finds all pieces that a text begins with: an immutable trie whose nodes are sorted arrays.</summary>
internal sealed class PieceTrie
{
    private const int FewChildren = 8;

    private readonly int[] _roots = new int[char.MaxValue + 1];
    private readonly Node[] _nodes;

    /// <param name="pieces">Distinct pieces with their ids. Empty ones are never found.</param>
    public PieceTrie(IEnumerable<(string Piece, int Id)> pieces)
    {
        (string Piece, int Id)[] sorted = [.. pieces.Where(piece => piece.Piece.Length > 0)];
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Piece, b.Piece));
        List<Node> nodes = [];
        var ranges = new Queue<(int Node, int Depth, int First, int End)>();
        AddChildren(sorted, depth: 0, 0, sorted.Length, nodes, ranges);
        for (int i = 0; i < nodes.Count; i++)
        {
            _roots[nodes[i].Character] = i + 1;
        }

        while (ranges.TryDequeue(out (int Node, int Depth, int First, int End) range))
        {
            int firstChild = nodes.Count;
            AddChildren(sorted, range.Depth, range.First, range.End, nodes, ranges);
            nodes[range.Node] = nodes[range.Node] with { FirstChild = firstChild, ChildCount = nodes.Count - firstChild };
        }

        _nodes = [.. nodes];
    }

    /// <summary>The node of a piece's first character, or -1.</summary>
    public int Enter(char first) => _roots[first] - 1;

    /// <summary>The node one character further on, or -1.</summary>
    public int Descend(int node, char next)
    {
        ref readonly Node parent = ref _nodes[node];
        int low = parent.FirstChild;
        int high = low + parent.ChildCount;
        while (high - low > FewChildren)
        {
            int middle = (low + high) / 2;
            if (_nodes[middle].Character <= next)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        while (low < high && _nodes[low].Character != next)
        {
            low++;
        }

        return low < high ? low : -1;
    }

    /// <summary>The id of the piece that ends at a node, or -1.</summary>
    public int IdAt(int node) => _nodes[node].Id;

    // Level by level: so the children of a node, sorted, stand side by side.
    private static void AddChildren(
        (string Piece, int Id)[] sorted,
        int depth,
        int first,
        int end,
        List<Node> nodes,
        Queue<(int Node, int Depth, int First, int End)> ranges)
    {
        for (int start = first; start < end;)
        {
            char character = sorted[start].Piece[depth];
            int stop = start + 1;
            while (stop < end && sorted[stop].Piece[depth] == character)
            {
                stop++;
            }

            // The piece that ends here is the shortest of its range and so the first.
            bool isPiece = sorted[start].Piece.Length == depth + 1;
            int longer = isPiece ? start + 1 : start;
            if (longer < stop)
            {
                ranges.Enqueue((nodes.Count, depth + 1, longer, stop));
            }

            nodes.Add(new Node(character, isPiece ? sorted[start].Id : -1, 0, 0));
            start = stop;
        }
    }

    private readonly record struct Node(char Character, int Id, int FirstChild, int ChildCount);
}
