namespace Splade.AI.Search.Segments;

/// <summary>
/// A look at what an index holds: the memory of its segments stays until it is over, also if they are merged or the index is disposed meanwhile.
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TVector">The type of the vectors.</typeparam>
/// <param name="state">What it holds, of which a use was begun.</param>
internal readonly struct StateReading<TKey, TVector>(IndexState<TKey, TVector> state) : IDisposable
    where TKey : notnull
    where TVector : class
{
    public IndexState<TKey, TVector> State => state;

    public void Dispose() => state.EndUse();
}
