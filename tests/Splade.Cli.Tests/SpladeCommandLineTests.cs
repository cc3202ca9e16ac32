using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests;

public sealed class SpladeCommandLineTests
{
    [Fact]
    public async Task Help_ListsCommandsAndExitCodes()
    {
        (int exitCode, string output, _) = await SpladeProcess.RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(
            ["Exit codes", "encode", "tokenize", "explain", "compare", "eval", "agreement", "golden", "doctor", "models", "pull", "export", "serve"],
            part => Assert.Contains(part, output));
    }

    [Theory]
    [InlineData("")]
    [InlineData("encod FOLDER")]
    [InlineData("encode FOLDER --max-length two")]
    [InlineData("encode FOLDER --no-such-option")]
    public async Task WrongUsage_IsToldInOneLineWithItsOwnCode(string arguments)
    {
        (int exitCode, string output, string error) = await SpladeProcess.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("splade: ", error);
        Assert.Contains("--help`", error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task MaxLength_BeyondTheModel_IsRefusedWithItsLimit()
    {
        (int exitCode, _, string error) = await SpladeProcess.RunAsync("encode", Files.Model, "--max-length", "513");

        Assert.Equal(1, exitCode);
        Assert.Contains("reads 512 tokens", error);
    }
}
