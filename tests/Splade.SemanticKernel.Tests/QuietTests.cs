using Splade.SemanticKernel.Tests.TestData;

namespace Splade.SemanticKernel.Tests;

/// <summary>A kernel whose model is not behind an endpoint stays on the machine, and leaves nothing there.</summary>
[Collection(KernelChatTests.Name)]
public sealed class QuietTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "KernelChat.dll");

    private readonly FreshHome _user = new();

    private readonly HandbookPage _page = new("gift-cards.md");

    public void Dispose()
    {
        _page.Dispose();
        _user.Dispose();
    }

    [SlowFact]
    public async Task KernelChat_OfAUserWithNothing_LeavesNoFile()
    {
        (int exitCode, string output, string error) = await _user.RunAsync(Program, ["--folder", _page.Folder, "Can gift cards be refunded?"]);

        Assert.True(exitCode == 0, error);
        Assert.Contains("[gift-cards.md]", output, StringComparison.Ordinal);
        Assert.Empty(_user.Left);
    }

    [SlowStraceFact]
    public async Task KernelChat_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() => Assert.Empty(await _user.TraceAsync(Program, ["--folder", _page.Folder, "Can gift cards be refunded?"]));
}
