using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class TokenizeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tokenize_ReferenceTexts_GivesTheReferenceIdsAndOffsets()
    {
        string reference = Files.Reference("tokens-stress.jsonl");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("tokenize", Files.Model, "--input", reference);

        Assert.Equal((0, ""), (exitCode, error));
        JsonElement[] expected = Files.ReadLines(reference);
        JsonElement[] actual = Files.ParseLines(output);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.All(["ids", "offsets"], name => Assert.True(
            JsonElement.DeepEquals(pair.First.GetProperty(name), pair.Second.GetProperty(name)), $"{name}: {pair.Second}, expected {pair.First}")));
    }

    [Fact]
    public async Task Tokenize_FolderOfATokenizerOnly_NeedsNoModel()
    {
        File.Copy(Path.Combine(Files.Model, "tokenizer.json"), _folder.PathOf("tokenizer.json"));

        (int exitCode, string output, _) = await SpladeCommand.PipeAsync("\u00FCber sea", "tokenize", _folder.Path);

        Assert.Equal(0, exitCode);
        Assert.Equal("{\"ids\":[101,19169,2712,102],\"offsets\":[[0,0],[0,4],[5,8],[0,0]],\"tokens\":[\"[CLS]\",\"uber\",\"sea\",\"[SEP]\"]}\n", output);
    }

    [Fact]
    public async Task Tokenize_NamedLine_KeepsItsName()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync("{\"_id\":\"d1\",\"text\":\"sea\"}\nsea", "tokenize", Files.Model);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("{\"_id\":\"d1\",\"ids\":[101,2712,102],", output);
        Assert.Contains("\n{\"ids\":[101,2712,102],", output);
    }

    [Fact]
    public async Task Tokenize_FolderWithoutTokenizer_SaysWhatIsExpected()
    {
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("tokenize", _folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains("There is no tokenizer.json", error);
    }
}
