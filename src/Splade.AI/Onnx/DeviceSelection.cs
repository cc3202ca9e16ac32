namespace Splade.AI.Onnx;

/// <summary>Opens something on the devices that a user asks for.</summary>
/// <param name="Provider">What the user asks for.</param>
/// <param name="DeviceIds">Which CUDA devices, if any is used.</param>
internal sealed record DeviceSelection(ExecutionProvider Provider, IReadOnlyList<int> DeviceIds)
{
    /// <summary>What is told of an engine whose devices are chosen when its model is loaded.</summary>
    private const string Undecided = "auto";

    /// <summary>The devices before anything is opened.</summary>
    public IReadOnlyList<string> Described => Provider switch
    {
        ExecutionProvider.Cpu => [OnnxDevice.Cpu.ToString()],
        ExecutionProvider.Cuda => [.. Cuda.Select(d => d.ToString())],
        _ => [Undecided],
    };

    private IEnumerable<OnnxDevice> Cuda => DeviceIds.Select(id => new OnnxDevice(id));

    /// <summary>Opens a <typeparamref name="T"/> on each device. If one of them must open and does not, none is left open.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="report">Told of each device that was tried and is not used, with the reason.</param>
    /// <exception cref="SpladeModelException">A device that the user asks for by name cannot be used, or the model cannot.</exception>
    public IReadOnlyList<T> Open<T>(Func<OnnxDevice, T> open, Action<OnnxDevice, SpladeModelException> report)
        where T : IDisposable
    {
        if (Provider == ExecutionProvider.Cpu)
        {
            return [open(OnnxDevice.Cpu)];
        }

        var opened = new List<T>();
        foreach (OnnxDevice device in Cuda)
        {
            try
            {
                opened.Add(open(device));
            }
            catch (SpladeModelException e) when (Provider == ExecutionProvider.Auto)
            {
                report(device, e);
            }
            catch
            {
                opened.ForEach(o => o.Dispose());
                throw;
            }
        }

        return opened.Count > 0 ? opened : [open(OnnxDevice.Cpu)];
    }
}
