namespace Splade.AI.Search.Segments;

/// <summary>
/// A look at what an index holds: the memory of its segments stays until it is over, also if they are merged or the index is disposed meanwhile.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TRecord">What is stored under a key: a vector, or a record of several.</typeparam>
/// <param name="state">What it holds, of which a use was begun.</param>
internal readonly struct StateReading<TKey, TRecord>(IndexState<TKey, TRecord> state) : IDisposable
    where TKey : notnull
    where TRecord : class
{
    public IndexState<TKey, TRecord> State => state;

    public void Dispose() => state.EndUse();
}
