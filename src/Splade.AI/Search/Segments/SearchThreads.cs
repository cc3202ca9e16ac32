namespace Splade.AI.Search.Segments;

/// <summary>How many threads each search of an index takes: all that it may while it is the only one, else the caller's.</summary>
/// <param name="most">How many a search may take.</param>
internal sealed class SearchThreads(int most)
{
    private int _running;

    /// <summary>Runs a search, which is told how many threads it may take.</summary>
    /// <param name="mayShare">Whether it may take other threads than the caller's.</param>
    /// <param name="search">The search.</param>
    public T Run<T>(bool mayShare, Func<int, T> search)
    {
        bool alone = Interlocked.Increment(ref _running) == 1;
        try
        {
            return search(alone && mayShare ? most : 1);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
