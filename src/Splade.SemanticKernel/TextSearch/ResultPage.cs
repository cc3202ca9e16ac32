namespace Splade.SemanticKernel.TextSearch;

/// <summary>Which part of a ranking is wanted.</summary>
internal readonly record struct ResultPage
{
    public ResultPage(int top, int skip, bool count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        Top = top;
        Skip = skip;
        Count = count;
    }

    public int Top { get; }

    public int Skip { get; }

    /// <summary>Whether the length of the whole ranking is wanted.</summary>
    public bool Count { get; }

    /// <summary>How many records the page takes, counted from the first of the ranking.</summary>
    public int End => (int)Math.Min(int.MaxValue, (long)Skip + Top);
}
