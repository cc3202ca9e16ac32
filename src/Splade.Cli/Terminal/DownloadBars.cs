using System.Collections.Concurrent;
using Spectre.Console;
using Splade.AI.Display;
using Splade.AI.ModelFiles.Hub;

namespace Splade.Cli.Terminal;

/// <summary>One bar for each file that is downloaded.</summary>
internal sealed class DownloadBars(ProgressContext context) : IProgress<HubProgress>
{
    private readonly ConcurrentDictionary<string, ProgressTask> _bars = new();

    public void Report(HubProgress value)
    {
        ProgressTask bar = _bars.GetOrAdd(value.File, file => context.AddTask(Markup.Escape(TerminalText.CleanLine(file))));
        bar.MaxValue = value.BytesTotal;
        bar.Value = value.BytesDone;
    }
}
