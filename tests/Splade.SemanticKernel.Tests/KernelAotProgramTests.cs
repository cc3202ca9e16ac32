using Splade.KernelAotProgram;

namespace Splade.SemanticKernel.Tests;

/// <summary>The package in a trimmed program that is compiled ahead of time: published without a warning, and its output no other than here.</summary>
[Collection(RunsAlone.Name)]
public sealed class KernelAotProgramTests
{
    private static readonly string Sparse = Path.Combine(Repository.Root, "models", "splade-tiny");

    private static readonly string Dense = Path.Combine(Repository.Root, "models", "all-minilm-l6-v2-int8");

    [Fact]
    public async Task RunAsync_EmbeddedModels_WritesEveryStep()
    {
        string output = await RunWalkthroughAsync();
        Assert.Contains("""compare: {""", output, StringComparison.Ordinal);
        Assert.Contains("""{"rank":1,"index":1,"score":9.255,""", output, StringComparison.Ordinal);
        Assert.EndsWith("search: mars\ntext search: mars: Mars is called the Red Planet.\ncollection: mars 0.0328\n7 tokens\n", output, StringComparison.Ordinal);
    }

    [AotFact]
    public async Task Program_CompiledAheadOfTime_WritesTheSame()
    {
        using PublishedProgram program = await PublishedProgram.PublishAsync("Splade.KernelAotProgram");
        (int exitCode, string output, string error) = await program.RunAsync(Sparse, Dense);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(await RunWalkthroughAsync(), output.ReplaceLineEndings("\n"));
    }

    private static async Task<string> RunWalkthroughAsync()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await KernelWalkthrough.RunAsync(Sparse, Dense, output);
        return output.ToString().ReplaceLineEndings("\n");
    }
}
