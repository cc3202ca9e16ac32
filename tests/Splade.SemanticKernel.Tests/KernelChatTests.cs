using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Splade.SemanticKernel.Tests.TestData;
using Splade.SemanticKernel.Tests.TestDoubles;

namespace Splade.SemanticKernel.Tests;

/// <summary>The sample, in the process of the tests; <see cref="QuietTests"/> start it as users do.</summary>
[Collection(Name)]
public sealed class KernelChatTests
{
    /// <summary>That of the program, and of the tests that its variables would change.</summary>
    public const string Name = "KernelChat";

    private const string Question = "Can gift cards be refunded?";

    private static readonly Assembly Program = Assembly.Load("KernelChat");

    [Fact]
    public async Task Program_WithoutAnEndpoint_SearchesThroughTheKernelAndAnswersWithACitation()
    {
        using var page = new HandbookPage("gift-cards.md");
        string[] folder = Trials.AreAll ? [] : ["--folder", page.Folder];

        (int exitCode, string output, string error) = await RunAsync([], [.. folder, Question]);

        Assert.True(exitCode == 0, error);
        Assert.Matches(@"gift card.* \[gift-cards\.md\]\s*$", output);
        Assert.Contains("called splade.hybrid_search query: Can gift cards be refunded?", error, StringComparison.Ordinal);
        Assert.Contains("called splade.read_passage id: gift-cards.md#", error, StringComparison.Ordinal);
        Assert.Contains(" 0 of them cut", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_WithAnEndpoint_LetsItsModelCallThePlugin()
    {
        using var script = new ScriptedOpenAIEndpoint(
            _ => ScriptedOpenAIEndpoint.Call(("1", "splade-hybrid_search", """{"query": "refund of gift cards", "top": 2}""")),
            messages => ScriptedOpenAIEndpoint.Say($"Found [{Source(messages[^1])}]."));
        await using var endpoint = new LocalEndpoint(script);
        using var page = new HandbookPage("gift-cards.md");

        (int exitCode, string output, string error) = await RunAsync(
            new() { ["KERNELCHAT_ENDPOINT"] = endpoint.Address, ["KERNELCHAT_MODEL"] = "scripted", ["KERNELCHAT_KEY"] = "none" }, "--folder", page.Folder, Question);

        Assert.True(exitCode == 0, error);
        Assert.Equal("Found [gift-cards.md].", output.Trim());
        Assert.Contains("called splade.hybrid_search", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_QuestionsAboutOtherThings_SaysThatTheHandbookDoesNotTell()
    {
        string[] questions = ["zzz qqq xxyy?", "Who won the World Cup in 1998?", "How tall is Mount Everest?"];

        using var page = new HandbookPage("gift-cards.md");
        string[] folder = Trials.AreAll ? [] : ["--folder", page.Folder];

        (int exitCode, string output, string error) = await RoutedConsole.RunAsync(string.Join('\n', questions), Program, folder);

        Assert.True(exitCode == 0, error);
        Assert.Equal(Enumerable.Repeat("The handbook does not tell.", questions.Length), output.ReplaceLineEndings("\n").Trim().Split('\n'));
    }

    [Theory]
    [InlineData("--folder")]
    [InlineData("--folder", "")]
    [InlineData("")]
    [InlineData("--folder", "notes", " ")]
    [InlineData("--folder", "notes", "--store")]
    [InlineData("--store", "")]
    public async Task Program_FolderWithoutANameOrEmptyQuestion_TellsTheUsage(params string[] arguments)
    {
        (int exitCode, string output, string error) = await RunAsync([], arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith("Usage: KernelChat [--folder FOLDER] [--store ADDRESS] [QUESTION]", error, StringComparison.Ordinal);
        Assert.Contains("ADDRESS is embedded:FOLDER, qdrant:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_StoreInAFolderTwice_EncodesOnce()
    {
        using var page = new HandbookPage("gift-cards.md");
        using var store = new TemporaryFolder();
        string[] arguments = ["--folder", page.Folder, "--store", $"embedded:{store.PathOf("store")}", Question];

        (int exitCode, string output, string error) = await RunAsync([], arguments);
        Assert.True(exitCode == 0, error);
        int passages = int.Parse(Regex.Match(error, @"(\d+) encoded, 0 there already, 0 taken out").Groups[1].Value, CultureInfo.InvariantCulture);
        (exitCode, string later, error) = await RunAsync([], arguments);

        Assert.True(exitCode == 0, error);
        Assert.Contains($": 0 encoded, {passages} there already, 0 taken out", error, StringComparison.Ordinal);
        Assert.Equal(output, later);
        Assert.Contains("[gift-cards.md]", later, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Program_FolderWithoutFiles_SaysSoInOneLine(bool exists)
    {
        string folder = Directory.CreateTempSubdirectory("kernel-chat-").FullName;
        string named = exists ? folder : Path.Combine(folder, "nothing");

        (int exitCode, string output, string error) = await RunAsync([], "--folder", named);

        Directory.Delete(folder);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("KernelChat: ", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_FolderWithFilesThatAreNotRead_SaysSoAndAnswersFromTheRest()
    {
        string folder = Directory.CreateTempSubdirectory("kernel-chat-").FullName;
        File.WriteAllText(Path.Combine(folder, "good.md"), "# Gifts\n\nGift cards can be refunded within 14 days.\n");
        File.WriteAllText(Path.Combine(folder, "long.txt"), $"Nothing.{new string(' ', 200_000)}Nothing.\n{new string('>', 100_000)}");
        File.WriteAllText(Path.Combine(folder, "page.html"), "no");
        Directory.CreateDirectory(Path.Combine(folder, "node_modules"));
        File.WriteAllText(Path.Combine(folder, "node_modules", "readme.md"), "Gift cards can be refunded by nobody.");
        if (!OperatingSystem.IsWindows())
        {
            await ChildProcess.RunAsync("mkfifo", [], [Path.Combine(folder, "pipe.md")]);
        }

        (int exitCode, string output, string error) = await RunAsync([], "--folder", folder, Question);

        Directory.Delete(folder, recursive: true);
        Assert.True(exitCode == 0, error);
        Assert.Equal("Gift cards can be refunded within 14 days. [good.md]", output.Trim());
        Assert.Contains("skipped 1 folder of tools or hidden: node_modules", error, StringComparison.Ordinal);
        Assert.Contains("skipped 1 file of another kind: .html", error, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || error.Contains("skipped pipe.md: empty, or not a regular file", StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/v1", "scripted")]
    [InlineData("not an address", "scripted")]
    [InlineData("http://127.0.0.1:9/v1", "")]
    public async Task Program_EndpointThatCannotBeUsed_SaysSoInOneLine(string endpoint, string model)
    {
        using var page = new HandbookPage("gift-cards.md");

        (int exitCode, string output, string error) = await RunAsync(
            new() { ["KERNELCHAT_ENDPOINT"] = endpoint, ["KERNELCHAT_MODEL"] = model, ["KERNELCHAT_KEY"] = "none" }, "--folder", page.Folder, Question);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("KernelChat: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_StoreThatIsNone_SaysWhatIsInOneLine()
    {
        (int exitCode, string output, string error) = await RunAsync([], "--store", "s3:x", Question);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith("KernelChat: The store is 's3:x', expected embedded:FOLDER, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Program_TheStory_FitsOnAPage() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Repository.Root, "samples", "KernelChat", "Program.cs")).Length, 1, 80);

    private static string Source(JsonElement message) => JsonElement.Parse(message.GetProperty("content").GetString()!)
        .GetProperty("hits")[0].GetProperty("untrusted_metadata").GetProperty("source").GetString()!;

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var variables = new EnvironmentVariables(environment.Select(variable => (variable.Key, (string?)variable.Value)));
        return await RoutedConsole.RunAsync("", Program, arguments);
    }
}
