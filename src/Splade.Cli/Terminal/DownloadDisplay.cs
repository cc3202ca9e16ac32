using Spectre.Console;
using Splade.AI.ModelFiles.Hub;

namespace Splade.Cli.Terminal;

/// <summary>Shows how far the files of a download are, on standard error and only if that is a terminal.</summary>
internal static class DownloadDisplay
{
    public static Task<string> ShowWhileAsync(Func<IProgress<HubProgress>?, Task<string>> download)
    {
        if (Console.IsErrorRedirected)
        {
            return download(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => download(new DownloadBars(context)));
    }
}
