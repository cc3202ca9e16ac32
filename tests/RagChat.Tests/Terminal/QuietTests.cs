using RagChat.Terminal;

namespace RagChat.Tests.Terminal;

/// <summary>A chat stays on the machine, and leaves nothing there but the index of the folder, or nothing at all.</summary>
public sealed class QuietTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "RagChat.dll");

    private readonly FreshHome _user = new();

    // One article of the handbook: what is left of all of them is left of one.
    private readonly TemporaryFolder _folder = new();

    private readonly string[] _question;

    private string[] InMemory => ["--store", ChatSettings.Memory, .. _question];

    public QuietTests()
    {
        _folder.Write("refunds.md", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Corpus", "refunds-and-returns.md")));
        _question = ["--folder", _folder.Path, "--ask", "How long do refunds take?"];
    }

    public void Dispose()
    {
        _folder.Dispose();
        _user.Dispose();
    }

    [Fact]
    public async Task Ask_OfAUserWithNothing_LeavesNoFile()
    {
        (int exitCode, string output, string error) = await _user.RunAsync(Program, InMemory);

        Assert.True(exitCode == 0, error);
        Assert.Contains("5 working days", output, StringComparison.Ordinal);
        Assert.Empty(_user.Left);
    }

    [UnixFact]
    public async Task Ask_Twice_EncodesOnceAndLeavesTheIndexAlone()
    {
        (int exitCode, string output, string error) = await _user.RunAsync(Program, _question);
        Assert.True(exitCode == 0, error);
        string index = Path.Combine(_user.Home, "Splade.AI", "RagChat");
        Assert.Contains($"They are kept in {index}", error, StringComparison.Ordinal);
        Assert.All(_user.Left, path => Assert.True(index.StartsWith(path, StringComparison.Ordinal) || path.StartsWith(index, StringComparison.Ordinal), path));

        (exitCode, string again, error) = await _user.RunAsync(Program, _question);

        Assert.Equal((0, output, ""), (exitCode, again, error));
    }

    [SlowStraceFact]
    public async Task Ask_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() => Assert.Empty(await _user.TraceAsync(Program, InMemory));
}
