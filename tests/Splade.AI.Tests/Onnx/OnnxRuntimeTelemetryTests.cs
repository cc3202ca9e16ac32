using Splade.AI.Onnx;
using Splade.AI.Tests.Search.Storage;

namespace Splade.AI.Tests.Onnx;

/// <summary>Nothing leaves the machine, and nothing is left on it, unless asked for: seen from outside of a process.</summary>
public sealed class OnnxRuntimeTelemetryTests : IDisposable
{
    private const string Encoded = "16 terms, 384 numbers";

    private readonly FreshHome _user = new();

    // Each case is a process, which takes seconds.
    public static TheoryData<string> Providers => Trials.AreAll ? ["Cpu", "Auto"] : ["Auto"];

    public static TheoryData<string> ValuesThatTurnItOff => Trials.AreAll ? ["1", "yes"] : ["yes"];

    public void Dispose() => _user.Dispose();

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Encode_OfAUserWhoAskedForNothing_LeavesNoFile(string provider)
    {
        (int exitCode, string output, string error) = await _user.RunAsync(TestProgram.Path, ["encode", provider]);

        Assert.True(exitCode == 0, error);
        Assert.Equal(Encoded, output.Trim());
        Assert.Empty(_user.Left);
    }

    [Theory]
    [MemberData(nameof(ValuesThatTurnItOff))]
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

    [SlowStraceFact]
    public async Task Encode_OfDevicesThatAreLookedFor_DoesNeither() =>
        Assert.Empty(await _user.TraceAsync(TestProgram.Path, ["encode", "Auto"]));
}
