namespace Splade.AI.Tests;

/// <summary>Tests that keep every core busy on purpose, and therefore run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "Runs alone";
}
