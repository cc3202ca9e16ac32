namespace Splade.Cli.Tests;

/// <summary>The command stays on the machine, and leaves nothing there.</summary>
public sealed class QuietTests : IDisposable
{
    private static readonly string[] Explain =
        ["explain", Path.Combine(Repository.Models, "splade-tiny"), "Which planet looks red?", "Mars is called the Red Planet."];

    private readonly FreshHome _user = new();

    private static string Program => Path.Combine(AppContext.BaseDirectory, "splade.dll");

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Explain_OfAUserWithNothing_LeavesNoFile()
    {
        (int exitCode, string output, string error) = await _user.RunAsync(Program, Explain);

        Assert.True(exitCode == 0, error);
        Assert.Contains("planet", output, StringComparison.Ordinal);
        Assert.Empty(_user.Left);
    }

    [SlowStraceFact]
    public async Task Explain_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() => Assert.Empty(await _user.TraceAsync(Program, Explain));
}
