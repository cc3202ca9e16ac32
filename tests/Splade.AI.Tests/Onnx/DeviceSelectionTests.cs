using Splade.AI.Onnx;

namespace Splade.AI.Tests.Onnx;

/// <summary>Which devices are opened, with fakes in place of sessions.</summary>
public sealed class DeviceSelectionTests
{
    private readonly List<Opened> _opened = [];
    private readonly List<string> _reports = [];

    [Fact]
    public void Open_Cpu_TriesNothingElse() => Assert.Equal(["cpu"], Open(ExecutionProvider.Cpu, broken: [0], 0));

    [Fact]
    public void Open_Cuda_OneForEachDevice() => Assert.Equal(["cuda:1", "cuda:3"], Open(ExecutionProvider.Cuda, broken: [], 1, 3));

    [Fact]
    public void Open_CudaWithADeviceThatFails_ThrowsAndClosesTheOthers()
    {
        var error = Assert.Throws<SpladeModelException>(() => Open(ExecutionProvider.Cuda, broken: [2], 0, 1, 2));
        Assert.Contains("no cuda:2", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _opened.Count);
        Assert.All(_opened, o => Assert.True(o.IsDisposed));
        Assert.Empty(_reports);
    }

    [Fact]
    public void Open_AutoWithADeviceThatFails_TakesTheOthersAndReportsIt()
    {
        Assert.Equal(["cuda:0", "cuda:2"], Open(ExecutionProvider.Auto, broken: [1], 0, 1, 2));
        Assert.Equal(["cuda:1 model: no cuda:1"], _reports);
    }

    [Fact]
    public void Open_AutoWithoutCuda_TakesTheProcessorsAndReportsIt()
    {
        Assert.Equal(["cpu"], Open(ExecutionProvider.Auto, broken: [0, 1], 0, 1));
        Assert.Equal(["cuda:0 model: no cuda:0", "cuda:1 model: no cuda:1"], _reports);
    }

    [Fact]
    public void Open_AutoWithAFileThatIsDamaged_ThrowsWhatTheProcessorsSay()
    {
        var selection = new DeviceSelection(ExecutionProvider.Auto, [0]);
        var error = Assert.Throws<SpladeModelException>(() => selection.Open<Opened>(d => throw new SpladeModelException($"damaged, says {d}", "model"), Report));
        Assert.Contains("damaged, says cpu", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExecutionProvider.Cpu, "cpu")]
    [InlineData(ExecutionProvider.Cuda, "cuda:0,cuda:1")]
    [InlineData(ExecutionProvider.Auto, "auto")]
    public void Described_BeforeAnythingIsOpened_IsWhatWillBeTried(ExecutionProvider provider, string expected) =>
        Assert.Equal(expected, string.Join(',', new DeviceSelection(provider, [0, 1]).Described));

    private string[] Open(ExecutionProvider provider, int[] broken, params int[] ids)
    {
        IReadOnlyList<Opened> opened = new DeviceSelection(provider, ids).Open(
            device =>
            {
                if (device.CudaId is int id && broken.Contains(id))
                {
                    throw new SpladeModelException($"no {device}", "model");
                }

                _opened.Add(new Opened(device.ToString()));
                return _opened[^1];
            },
            Report);
        Assert.All(opened, o => Assert.False(o.IsDisposed));
        return [.. opened.Select(o => o.Device)];
    }

    private void Report(OnnxDevice device, SpladeModelException reason) => _reports.Add($"{device} {reason.Message}");

    private sealed class Opened(string device) : IDisposable
    {
        public string Device => device;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
