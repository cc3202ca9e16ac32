using Spectre.Console;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Moves a progress bar at once, on the caller's thread: <see cref="Progress{T}"/> would do it later, perhaps after the end.</summary>
internal sealed class EncodingProgress(ProgressContext context, string things) : IProgress<HybridAddResult>
{
    private readonly ProgressTask _task = context.AddTask($"Encoding the {things}");

    public void Report(HybridAddResult value)
    {
        int done = value.Added + value.Unchanged;
        _task.MaxValue = value.Total ?? done;
        _task.Value = done;
    }
}
