namespace Splade.Cli.Serving;

/// <summary>Bounds how many texts are under way: one permit for each, as Text Embeddings Inference counts.</summary>
/// <remarks>Safe for concurrent use. Nobody waits for a permit: who waits is in the queue of the model, which is what is bounded.</remarks>
internal sealed class Admission(int permits)
{
    private int _free = permits;

    /// <summary>Takes permits for all texts of a request.</summary>
    /// <returns>What gives them back.</returns>
    /// <exception cref="ServingException">There are not so many left.</exception>
    public Permits Enter(int count)
    {
        int free = Volatile.Read(ref _free);
        while (free >= count)
        {
            int found = Interlocked.CompareExchange(ref _free, free - count, free);
            if (found == free)
            {
                return new Permits(this, count);
            }

            free = found;
        }

        throw ServingException.Overloaded();
    }

    /// <summary>Permits that were taken; disposed once.</summary>
    internal readonly struct Permits(Admission admission, int count) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref admission._free, count);
    }
}
