using System.CommandLine;
using System.CommandLine.Invocation;

namespace Splade.Cli.Terminal;

/// <summary>Runs a command and turns what can go wrong into one line on standard error and an exit code.</summary>
internal static class CommandRunner
{
    // By default the library hears no signal at all, and the process dies where it stands.
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    // A text that begins with @ is a text, and no name of a file with arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(RootCommand root, string[] arguments)
    {
        ParseResult result = root.Parse(arguments, Parsing);
        if (result.Action is ParseErrorAction)
        {
            string command = result.CommandResult.Command == root ? "" : $" {result.CommandResult.Command.Name}";
            StandardError.WriteLine($"{string.Join(" ", result.Errors.Select(e => e.Message).Distinct())} See `splade{command} --help`.");
            return ExitCodes.WrongUsage;
        }

        TimeSpan timeToEnd = (result.CommandResult.Command as PatientCommand)?.TimeToEnd ?? TimeToEnd;
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = timeToEnd };
        return await result.InvokeAsync(configuration).ConfigureAwait(false);
    }

    /// <summary>Sets what a command does. Its result is the exit code.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((result, cancellationToken) => GuardAsync(() => run(result, cancellationToken)));
        return command;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            // The signal is heard from the first wait on, and a command may work long before it has any.
            return await Task.Run(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            StandardError.WriteLine("Cancelled.");
            return ExitCodes.Cancelled;
        }
        catch (IOException e) when (StandardStreams.IsClosedPipe(e))
        {
            return ExitCodes.Done;
        }
        catch (Exception e)
        {
            StandardError.WriteLine(ErrorText.Of(e));
            return ExitCodes.Failed;
        }
    }
}
