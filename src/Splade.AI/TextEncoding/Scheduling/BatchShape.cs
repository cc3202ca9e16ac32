namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>The rows and lengths of a batch that is being put together, and which texts it has room for.</summary>
/// <remarks>
/// Texts in one batch are padded to the longest, so a text joins only if all stay at least nine tenths as long as the longest. While the
/// batch is tiny the start of a run costs more than the padding does, and any length may join.
/// </remarks>
internal struct BatchShape(int length, int tokenBudget)
{
    /// <summary>The share of the budget below which a batch is tiny.</summary>
    private const int TinyShare = 8;

    private int _rows = 1;
    private int _shortest = length;
    private int _longest = length;

    /// <summary>Whether a text of this length may join. If not, neither may one that differs from the batch still more.</summary>
    public readonly bool Takes(int candidate)
    {
        int longest = Math.Max(_longest, candidate);
        int shortest = Math.Min(_shortest, candidate);
        long padded = (long)(_rows + 1) * longest;
        return padded <= tokenBudget && (shortest * 10L >= longest * 9L || padded <= tokenBudget / TinyShare);
    }

    public void Add(int candidate)
    {
        _rows++;
        _shortest = Math.Min(_shortest, candidate);
        _longest = Math.Max(_longest, candidate);
    }
}
