namespace Splade.SemanticKernel.Tests;

/// <summary>Tests that change what all others see, such as the local time zone, or keep every core busy, and therefore run beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "Runs alone";
}
