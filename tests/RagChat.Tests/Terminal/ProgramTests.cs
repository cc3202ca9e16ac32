using RagChat.Answering;
using RagChat.Terminal;

namespace RagChat.Tests.Terminal;

/// <summary>The program in the process of the tests, but for what it reads from a pipe; <see cref="QuietTests"/> start it as users do too.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ask_TheHandbook_PrintsTheAnswerAlone()
    {
        const string Page = "refunds-and-returns.md";
        _folder.Write(Page, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", Page)));
        string[] folder = Trials.AreAll ? [] : ["--folder", _folder.Path];

        (int exitCode, string output, string error) = await RunAsync([.. folder, "--ask", "How long do refunds take?"]);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("5 working days", output);
        Assert.Contains("[refunds-and-returns#Refund timing]", output);
        Assert.DoesNotContain('\e', output);
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^Encoded \d+ of \d+ passages\s*$", line));
    }

    [Fact]
    public async Task Ask_OwnFolder_AnswersAndReportsWhatItSkipped()
    {
        _folder.Write("garden.md", "# Garden\n\n## Roses\n\nCut the roses in March.\n");
        _folder.Write("sub/empty.txt", "");

        (int exitCode, string output, string error) = await RunAsync("--folder", _folder.Path, "--ask", "When do I cut roses?", "--mode", "Dense", "--top", "1");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal("Cut the roses in March. [garden#Roses]", output.Trim());
        Assert.Contains("empty.txt: empty", error);
    }

    [Fact]
    public async Task Ask_WithoutAnswer_ExitsWithItsOwnCode()
    {
        _folder.Write("garden.txt", "Cut the roses in March.");

        (int exitCode, string output, _) = await RunAsync("--folder", _folder.Path, "--ask", "Who won the World Cup in 1998?");

        Assert.Equal(ExitCodes.Unknown, exitCode);
        Assert.Equal(GroundedPrompt.UnknownReply, output.Trim());
    }

    [Fact]
    public async Task Prompt_RedirectedInput_IsReadToItsEnd()
    {
        _folder.Write("garden.md", "# Garden\n\n## Roses\n\nCut the roses in March.\n");

        (int exitCode, string output, _) = await RagChatProcess.RunAsync("When do I cut roses?\n/explain\n", "--folder", _folder.Path);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Contains("Cut the roses in March. [garden#Roses]", output);
        Assert.Contains("IN QUERY", output);
        Assert.Matches(@"roses .* = roses +[=] Roses", output);
        Assert.DoesNotContain('\e', output);
    }

    [Fact]
    public async Task Ask_FolderOfFilesThatBreakReaders_AnswersFromTheGoodOne()
    {
        _folder.Write("good.md", "Refunds take 5 days.");
        _folder.Write("a.md", new string('>', 100_000));
        _folder.Write("b.md", new string('[', 100_000));
        _folder.Write("c.txt", string.Concat(Enumerable.Repeat("Nothing. ", 300)) + new string(' ', 200_000) + "Nothing.");
        _folder.Write("d.md", "&#27;]0;Nothing&#1;");
        _folder.Write("e.pdf", "no");
        _folder.Write("node_modules/f.md", "How long do refunds take? 9 days.");

        (int exitCode, string output, string error) = await RunAsync("--folder", _folder.Path, "--ask", "How long do refunds take?");

        Assert.Equal((ExitCodes.Done, "Refunds take 5 days. [good#text]"), (exitCode, output.Trim()));
        Assert.Contains("Skipped 1 file of another kind: .pdf", error);
        Assert.Contains("Skipped 1 folder of tools or hidden: node_modules", error);
    }

    [Fact]
    public async Task Ask_StoreInAFolderTwice_EncodesOnce()
    {
        _folder.Write("texts/garden.md", "# Garden\n\n## Roses\n\nCut the roses in March.\n");
        _folder.Write("texts/grass.md", "Mow the grass in May.");
        string[] arguments =
            ["--folder", _folder.PathOf("texts"), "--store", $"embedded:{_folder.PathOf("store")}", "--ask", "When do I cut roses?"];

        (int exitCode, string output, string error) = await RunAsync(arguments);
        Assert.True(exitCode == ExitCodes.Done, error);
        Assert.Equal("Store: 2 passages encoded, 0 there already, 0 taken out", error.Trim());
        File.Delete(_folder.PathOf("texts/grass.md"));
        (exitCode, string later, error) = await RunAsync(arguments);

        Assert.True(exitCode == ExitCodes.Done, error);
        Assert.Equal("Store: 0 passages encoded, 1 there already, 1 taken out", error.Trim());
        Assert.Equal((output, "Cut the roses in March. [garden#Roses]"), (later, output.Trim()));
    }

    [Theory]
    [InlineData("s3:x", "The store is 's3:x', expected embedded:FOLDER, qdrant:http://HOST:6334/COLLECTION")]
    [InlineData("qdrant:http://localhost:1/texts", "localhost:1")]
    public async Task Start_StoreThatIsNone_FailsWithAMessage(string store, string words)
    {
        _folder.Write("garden.txt", "Cut the roses in March.");

        (int exitCode, string output, string error) = await RunAsync("--folder", _folder.Path, "--store", store, "--ask", "Roses?");

        Assert.Equal((ExitCodes.Failed, ""), (exitCode, output));
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_ListsOptionsAndExitCodes()
    {
        (int exitCode, string output, _) = await RunAsync("--help");

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.All(["--ask", "--folder", "--store", "--mode", "--top", "Exit codes"], part => Assert.Contains(part, output));
    }

    [Fact]
    public async Task Start_MissingFolder_FailsWithAMessage()
    {
        (int exitCode, string output, string error) = await RunAsync("--folder", _folder.PathOf("nowhere"));

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Empty(output);
        Assert.Contains("nowhere' does not exist", error);
    }

    // With an index among the user's own data, which is not opened then.
    [Fact]
    public async Task Start_FolderWithoutAName_FailsWithAMessage()
    {
        (int exitCode, string output, string error) = await RoutedConsole.RunAsync("", typeof(ChatApplication).Assembly, "--folder", "", "--ask", "Roses?");

        Assert.Equal((ExitCodes.Failed, ""), (exitCode, output));
        Assert.Contains("does not exist", error);
    }

    [Fact]
    public async Task Start_FolderWithoutArticles_FailsWithAMessage()
    {
        (int exitCode, _, string error) = await RunAsync("--folder", _folder.Path);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("holds no .md, .markdown or .txt file", error);
    }

    [Theory]
    [InlineData("--top", "0")]
    [InlineData("--top", "many")]
    [InlineData("--mode", "fuzzy")]
    [InlineData("--mode", "1")]
    [InlineData("--folder")]
    [InlineData("--ask", "")]
    [InlineData("--ask", " \t")]
    public async Task Start_WrongArguments_Fail(params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAsync(arguments);

        Assert.Equal((ExitCodes.Failed, ""), (exitCode, output.Trim()));
        Assert.Contains(arguments[0], Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
    }

    // What the user of the tests has among the own data is no concern of theirs.
    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RoutedConsole.RunAsync(
        "", typeof(ChatApplication).Assembly, arguments.Contains("--store") ? arguments : ["--store", ChatSettings.Memory, .. arguments]);
}
