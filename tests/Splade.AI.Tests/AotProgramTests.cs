using Splade.AotProgram;

namespace Splade.AI.Tests;

/// <summary>The library in a trimmed program that is compiled ahead of time: published without a warning, and its output no other than here.</summary>
[Collection(RunsAlone.Name)]
public sealed class AotProgramTests
{
    [Fact]
    public async Task RunAsync_EmbeddedModel_WritesEveryStep()
    {
        string output = await RunWalkthroughAsync();
        Assert.StartsWith("9 tokens: mars 2.53", output, StringComparison.Ordinal);
        Assert.Contains("""{"terms":[{"id":7733,"term":"mars","weight":2.53""", output, StringComparison.Ordinal);
        Assert.Contains("""{"score":9.2547""", output, StringComparison.Ordinal);
        Assert.Contains("""JSON {"$type":"sparse", ...} is the same vector: True""", output, StringComparison.Ordinal);
        Assert.Contains("""{"rank":1,"index":1,"score":9.255,""", output, StringComparison.Ordinal);
        Assert.EndsWith("8 of 30522 dimensions, Healthy", output.TrimEnd(), StringComparison.Ordinal);
    }

    [AotFact]
    public async Task Program_CompiledAheadOfTime_WritesTheSame()
    {
        using PublishedProgram program = await PublishedProgram.PublishAsync("Splade.AotProgram");
        string[] files = [.. Directory.GetFiles(program.Folder).Select(f => Path.GetFileName(f))];
        Assert.Contains(files, f => f is "libonnxruntime.so" or "libonnxruntime.dylib" or "onnxruntime.dll");
        Assert.DoesNotContain("Splade.AI.dll", files);

        (int exitCode, string output, string error) = await program.RunAsync(EngineFixture.ModelFolder);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(await RunWalkthroughAsync(), output.ReplaceLineEndings("\n"));

        // What goes wrong is told in the same words too.
        string missing = Path.Combine(program.Folder, "none");
        (exitCode, output, error) = await program.RunAsync(missing);
        SpladeModelException refusal = await Assert.ThrowsAsync<SpladeModelException>(() => Walkthrough.RunAsync(missing, TextWriter.Null));
        Assert.Equal((1, "", refusal.Message), (exitCode, output, error.TrimEnd()));
    }

    private static async Task<string> RunWalkthroughAsync()
    {
        using var output = new StringWriter { NewLine = "\n" };
        await Walkthrough.RunAsync(EngineFixture.ModelFolder, output);
        return output.ToString();
    }
}
