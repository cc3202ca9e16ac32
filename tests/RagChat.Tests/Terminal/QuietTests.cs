namespace RagChat.Tests.Terminal;

/// <summary>A chat stays on the machine, and leaves nothing there.</summary>
public sealed class QuietTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "RagChat.dll");

    private readonly FreshHome _user = new();

    // One article of the handbook: what is left of all of them is left of one.
    private readonly TemporaryFolder _folder = new();

    private readonly string[] _question;

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
        (int exitCode, string output, string error) = await _user.RunAsync(Program, _question);

        Assert.True(exitCode == 0, error);
        Assert.Contains("5 working days", output, StringComparison.Ordinal);
        Assert.Empty(_user.Left);
    }

    [SlowStraceFact]
    public async Task Ask_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() => Assert.Empty(await _user.TraceAsync(Program, _question));
}
