using RagChat.Answering;
using RagChat.Chat;
using RagChat.Terminal;
using RagChat.Tests.TestDoubles;
using Splade.AI.Hybrid;

namespace RagChat.Tests.Terminal;

public sealed class ChatSessionTests
{
    private const string Question = "How many days does a refund take?";

    [Fact]
    public async Task Run_Question_IsAnsweredWithItsCitation()
    {
        string output = await RunAsync(Question, "/quit");

        Assert.Contains("A refund will take 5 days. [refunds#Timing]", output);
    }

    [Fact]
    public async Task Run_EndOfInput_Leaves()
    {
        Assert.Contains("/help", await RunAsync());
    }

    [Fact]
    public async Task Run_Quit_ReadsNoFurther()
    {
        Assert.DoesNotContain("There is no command", await RunAsync("", "/quit", "/wrong"));
    }

    [Fact]
    public async Task Run_Help_ListsEveryCommand()
    {
        string output = await RunAsync("/help");

        Assert.All(["/explain", "/sources", "/mode", "/help", "/quit"], command => Assert.Contains(command, output));
    }

    [Fact]
    public async Task Run_UnknownCommand_IsNoQuestion()
    {
        string output = await RunAsync("/colour [red]");

        Assert.Contains("There is no command /colour.", output);
    }

    [Fact]
    public async Task Run_Mode_IsShownChangedAndChecked()
    {
        string output = await RunAsync("/mode", "/mode DENSE", "/mode fuzzy[x]", "/mode 7", "/mode");

        Assert.Equal(
            ["Searching in mode hybrid.", "Searching in mode dense.", "There is no mode fuzzy[x]: it is sparse, dense or hybrid.",
             "There is no mode 7: it is sparse, dense or hybrid.", "Searching in mode dense."],
            output.Split('\n').Skip(1).Where(l => l.Length > 0));
    }

    [Fact]
    public async Task Run_Explain_ShowsRanksAndWordsThatAddUp()
    {
        string output = await RunAsync(Question, "/explain");

        Assert.Matches(@"\[refunds#Timing\] +│ +1 │ +#1  3\.00 │ +#1  0\.\d\d │ +0\.0328", output);
        Assert.Matches(@"refund +1\.000 +1\.000 +1\.000 +33\.3 %", output);
        Assert.Matches(@"score +3\.000 +100\.0 %", output);
    }

    [Fact]
    public async Task Run_ExplainWithRank_ShowsThatPassage()
    {
        string output = await RunAsync(Question, "/explain 2", "/explain 9", "/explain [x]");

        Assert.DoesNotContain("met words of [refunds#Timing]", output);
        Assert.Contains("There is no passage 9: the last question has 1 to 4.", output);
        Assert.Contains("There is no passage [x]", output);
    }

    [Fact]
    public async Task Run_ExplainInDenseMode_SaysWhyThereAreNoWords()
    {
        string output = await RunAsync("/mode dense", Question, "/explain");

        Assert.Contains("no words to show", output);
        Assert.Matches(@"- │ +#1  0\.\d\d", output);
    }

    [Fact]
    public async Task Run_ExplainWithoutAnything_SaysSo()
    {
        string output = await RunAsync("/explain", "/mode sparse", "Who wrote Hamlet?", "/explain");

        Assert.Contains("Ask a question first.", output);
        Assert.Contains(GroundedPrompt.UnknownReply, output);
        Assert.Contains("Nothing was found for the last question.", output);
    }

    [Fact]
    public async Task Run_Sources_ShowArticlesFirstAndThenPassages()
    {
        string output = await RunAsync("/sources", Question, "/sources");

        Assert.Matches(@"cleaning +│ +1 ", output);
        Assert.Matches(@"refunds +│ +2 ", output);
        Assert.Matches(@"1 │ 0\.0328 │ \[refunds#Timing\] +│ A refund will take 5 days\.", output);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Run_Tables_FitTheTerminal(int width)
    {
        string output = await RunAsync(width, "/help", Question, "/explain", "/sources");

        Assert.All(output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));
    }

    private static Task<string> RunAsync(params string[] lines) => RunAsync(width: 100, lines);

    private static async Task<string> RunAsync(int width, params string[] lines)
    {
        var sparse = new TestSparseGenerator(Libraries.Vocabulary);
        using var chat = new ExtractiveChatClient(sparse, new TestDenseGenerator());
        using var cancelKey = new CancelKey();
        using var console = new TestConsole(width);
        var settings = new ChatSettings(Question: null, Folder: "", SearchMode.Hybrid, Top: 5);
        var assistant = new RagAssistant(await Libraries.CreateAsync(), chat);

        await new ChatSession(assistant, TestExplanation.Of(sparse.Vocabulary), settings, console.Console, new StringReader(string.Join('\n', lines)), cancelKey).RunAsync();

        return console.Output;
    }
}
