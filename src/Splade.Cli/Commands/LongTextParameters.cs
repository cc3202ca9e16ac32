using System.CommandLine;
using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>The options for texts with more tokens than are read at once.</summary>
/// <param name="windows">What comes of reading a text through a sliding window, as the help says it.</param>
internal sealed class LongTextParameters(string windows)
{
    private readonly Option<LongTextHandling> _handling = Parameters.Choice(
        "--long-text",
        "What to do with a text that has more tokens than are read at once: truncate it; throw, which ends the command; or read it "
            + $"through a sliding window, {windows} [default: truncate]",
        ("truncate", LongTextHandling.Truncate),
        ("throw", LongTextHandling.Throw),
        ("max", LongTextHandling.SlidingWindowMax),
        ("passages", LongTextHandling.SlidingWindowPassages));

    private readonly Option<int?> _overlap = Parameters.Number(
        "--overlap", "N", least: 0, "Let neighbouring windows share N tokens or more, with --long-text max or passages [default: an eighth of a window]");

    public void AddTo(Command command)
    {
        command.Options.Add(_handling);
        command.Options.Add(_overlap);
    }

    /// <exception cref="CommandFailedException">Windows are to overlap where there are none.</exception>
    public LongTextSettings Read(ParseResult result)
    {
        var settings = new LongTextSettings(result.GetValue(_handling), result.GetValue(_overlap));
        return settings is not { Overlap: int overlap, Handling: LongTextHandling.Truncate or LongTextHandling.Throw }
            ? settings
            : throw new CommandFailedException($"--overlap is {overlap}, but texts are not read through windows. Add --long-text max or passages.");
    }
}
