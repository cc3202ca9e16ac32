using System.CommandLine;

namespace Splade.Cli.Terminal;

/// <summary>A command that is given more time to end than others, after the signal that asks it to.</summary>
internal sealed class PatientCommand(string name, string description, TimeSpan timeToEnd) : Command(name, description)
{
    public TimeSpan TimeToEnd { get; } = timeToEnd;
}
