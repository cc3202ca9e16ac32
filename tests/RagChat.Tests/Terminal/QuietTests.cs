using Splade.AI.Tests.TestData;

namespace RagChat.Tests.Terminal;

/// <summary>A chat stays on the machine, and leaves nothing there.</summary>
public sealed class QuietTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "RagChat.dll");

    private static readonly string[] Question = ["--ask", "How long do refunds take?"];

    private readonly FreshHome _user = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Ask_OfAUserWithNothing_LeavesNoFile()
    {
        (int exitCode, string output, string error) = await _user.RunAsync(Program, Question);

        Assert.True(exitCode == 0, error);
        Assert.Contains("5 working days", output, StringComparison.Ordinal);
        Assert.Empty(_user.Left);
    }

    [StraceFact]
    public async Task Ask_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() => Assert.Empty(await _user.TraceAsync(Program, Question));
}
