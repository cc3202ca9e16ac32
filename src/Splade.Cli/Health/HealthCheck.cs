namespace Splade.Cli.Health;

/// <summary>One thing that was checked.</summary>
/// <param name="Name">What was checked, in a word.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">What was found.</param>
internal sealed record HealthCheck(string Name, HealthOutcome Outcome, string Detail)
{
    /// <summary>Fails with the first of the problems, and says how many there are; passes without any.</summary>
    public static HealthCheck Of(string name, IReadOnlyList<string> problems, string passed) => problems switch
    {
        [] => new HealthCheck(name, HealthOutcome.Pass, passed),
        [string only] => new HealthCheck(name, HealthOutcome.Fail, only),
        [string first, ..] => new HealthCheck(name, HealthOutcome.Fail, $"{first} ({problems.Count - 1} more like it)"),
    };
}
