using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Terminal;

/// <summary>The library advises whoever writes code. Here its advice names options and commands.</summary>
public sealed class ErrorTextTests
{
    [Fact]
    public async Task Encode_DenseModel_NamesTheOptionForIt()
    {
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("encode", Files.DenseModel);

        Assert.Equal(1, exitCode);
        Assert.Contains("a dense model, which goes to --dense of `splade eval`", error);
        Assert.DoesNotContain("EmbeddingGenerator", error);
    }

    [Fact]
    public async Task Encode_ModelThatIsRefusedAtOnce_EndsInOrderEveryTime()
    {
        for (int i = 0; i < Trials.Of(3, slow: 10); i++)
        {
            (int exitCode, _, _) = await SpladeCommand.RunAsync("encode", Files.DenseModel);
            Assert.Equal(1, exitCode);
        }
    }

    [Fact]
    public async Task Eval_SpladeModelAsDense_NamesTheOptionForIt()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathOf("corpus.jsonl"), "{\"_id\": \"a\", \"text\": \"the moon\"}\n");
        await File.WriteAllTextAsync(folder.PathOf("queries.jsonl"), "{\"_id\": \"q\", \"text\": \"moon\"}\n");
        await File.WriteAllTextAsync(folder.PathOf("qrels.tsv"), "query-id\tcorpus-id\tscore\nq\ta\t1\n");

        (int exitCode, _, string error) = await SpladeCommand.RunAsync("eval", folder.Path, "--dense", Files.Model);

        Assert.Equal(1, exitCode);
        Assert.EndsWith("a SPLADE model goes to --model.\n", error);
    }
}
