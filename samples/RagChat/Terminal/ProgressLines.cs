using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Says on lines of their own how far long work is, where there is no terminal for a bar. Short work is done in silence.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider time, string things) : IProgress<HybridAddResult>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private long _last = time.GetTimestamp();

    public void Report(HybridAddResult value)
    {
        int done = value.Added + value.Unchanged;
        if (done < value.Total && time.GetElapsedTime(_last) >= Interval)
        {
            _last = time.GetTimestamp();
            output.WriteLine($"Encoded {done:N0} of {value.Total:N0} {things}");
        }
    }
}
