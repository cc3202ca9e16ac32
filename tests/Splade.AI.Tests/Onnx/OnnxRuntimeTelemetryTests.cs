using Splade.AI.Onnx;
using Splade.AI.Tests.Search.Storage;

namespace Splade.AI.Tests.Onnx;

/// <summary>Nothing leaves the machine, and nothing is left on it, unless asked for: seen from outside of a process.</summary>
public sealed class OnnxRuntimeTelemetryTests : IDisposable
{
    private const string Encoded = "16 terms, 384 numbers";

    private readonly FreshHome _user = new();

    public void Dispose() => _user.Dispose();

    [Theory]
    [InlineData("Cpu")]
    [InlineData("Auto")]
    public async Task Encode_OfAUserWhoAskedForNothing_LeavesNoFile(string provider)
    {
        (int exitCode, string output, string error) = await _user.RunAsync(TestProgram.Path, ["encode", provider]);

        Assert.True(exitCode == 0, error);
        Assert.Equal(Encoded, output.Trim());
        Assert.Empty(_user.Left);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("yes")]
    public async Task Encode_OfAUserWhoHasTurnedItOff_LeavesNoFile(string value)
    {
        (int exitCode, string output, string error) = await _user.RunAsync(
            TestProgram.Path, ["encode", "Cpu"], new() { [OnnxRuntimeTelemetry.Variable] = value });

        Assert.True(exitCode == 0, error);
        Assert.Equal(Encoded, output.Trim());
        Assert.Empty(_user.Left);
    }

    [StraceFact]
    public async Task Encode_Traced_OpensNoSocketLooksUpNoHostAndWritesNoFile() =>
        Assert.Empty(await _user.TraceAsync(TestProgram.Path, ["encode", "Cpu"]));

    [StraceFact]
    public async Task Encode_OfDevicesThatAreLookedFor_DoesNeither() =>
        Assert.Empty(await _user.TraceAsync(TestProgram.Path, ["encode", "Auto"]));
}
