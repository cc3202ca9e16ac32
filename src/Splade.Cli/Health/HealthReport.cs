using System.Text;
using System.Text.Json.Serialization;
using Splade.AI.Display;

namespace Splade.Cli.Health;

/// <summary>All that `splade doctor` found.</summary>
/// <param name="Model">What the folder says of its model; null if it could not be loaded.</param>
/// <param name="Checks">What was checked.</param>
/// <param name="DocsPerS">How many passages were encoded in a second; null if the model could not be loaded.</param>
internal sealed record HealthReport(ModelFacts? Model, IReadOnlyList<HealthCheck> Checks, double? DocsPerS)
{
    /// <summary>The description for people.</summary>
    [JsonIgnore]
    public string? Description { get; init; }

    public bool Passed => Reasons.Count == 0;

    /// <summary>Why it did not pass.</summary>
    public IReadOnlyList<string> Reasons => [.. Checks.Where(c => c.Outcome == HealthOutcome.Fail).Select(c => $"{c.Name}: {c.Detail}")];

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Description is not null)
        {
            text.Append(Description.ReplaceLineEndings("\n")).Append("\n\n");
        }

        foreach (HealthCheck check in Checks)
        {
            text.Append($"{Mark(check.Outcome),-7} {check.Name}: {TerminalText.CleanLine(check.Detail)}\n");
        }

        // The reasons stand above.
        string failed = string.Join(", ", Checks.Where(check => check.Outcome == HealthOutcome.Fail).Select(check => check.Name));
        return text.Append(Passed ? "\npass\n" : $"\nfail: {failed}\n").ToString();
    }

    private static string Mark(HealthOutcome outcome) => outcome switch
    {
        HealthOutcome.Pass => "ok",
        HealthOutcome.Fail => "FAILED",
        _ => "-",
    };
}
