namespace Splade.Cli.Health;

/// <summary>How a check ended.</summary>
internal enum HealthOutcome
{
    Pass,
    Fail,

    /// <summary>There was nothing to check.</summary>
    Skipped,
}
