using RagChat.Files;
using Spectre.Console;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>What the program says about its own work: progress, what was left out, and errors.</summary>
internal sealed class StatusView(IAnsiConsole console)
{
    private const int MaxSkippedShown = 10;

    public async Task<T> WhileLoadingAsync<T>(Func<Task<T>> load) => console.Profile.Out.IsTerminal
        ? await console.Status().StartAsync("Loading the models", _ => load())
        : await load();

    public async Task<T> WhileEncodingAsync<T>(string things, Func<IProgress<HybridAddResult>, Task<T>> encode) => console.Profile.Out.IsTerminal
        ? await console.Progress().AutoClear(true).Columns(Columns()).StartAsync(context => encode(new EncodingProgress(context, things)))
        : await encode(new ProgressLines(console.Profile.Out.Writer, TimeProvider.System, things));

    public void Skipped(IEnumerable<SkippedFile> files) => Skipped([.. files.Select(f => PrintableText.Line($"{f.Path}: {f.Reason}"))]);

    /// <summary>Says what was left out, a line each, and how much more there is of it.</summary>
    public void Skipped(IReadOnlyList<string> things)
    {
        foreach (string thing in things.Take(MaxSkippedShown))
        {
            console.MarkupLineInterpolated($"[yellow]Skipped[/] {thing}");
        }

        if (things.Count > MaxSkippedShown)
        {
            console.MarkupLineInterpolated($"[yellow]Skipped[/] {things.Count - MaxSkippedShown} more");
        }
    }

    public void Stored(HybridAddResult added, long removed) =>
        console.MarkupLineInterpolated($"Store: {added.Added} passages encoded, {added.Unchanged} there already, {removed} taken out");

    public void Indexed(HybridAddResult added, long removed, string path)
    {
        if (added.Added > 0 || removed > 0)
        {
            Stored(added, removed);
            console.MarkupLineInterpolated($"They are kept in {PrintableText.Line(path)}; with --store {ChatSettings.Memory} none are.");
        }
    }

    public void NotIndexed(string obstacle) =>
        console.MarkupLineInterpolated($"[yellow]The passages are kept in memory this time:[/] {PrintableText.Line(obstacle)}");

    public void Truncated(int passages)
    {
        if (passages > 0)
        {
            console.MarkupLineInterpolated($"[yellow]{passages} passages were longer than the models read: their ends cannot be found.[/]");
        }
    }

    public void Cancelled() => console.MarkupLine("[yellow]Cancelled.[/]");

    public void Failed(string message) => console.MarkupLineInterpolated($"[red]Error:[/] {PrintableText.Line(message)}");

    private static ProgressColumn[] Columns() =>
        [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
}
