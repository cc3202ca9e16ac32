using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>Describes a device that models may run on, and why it cannot be used where it cannot.</summary>
public sealed class ExecutionDevice
{
    private ExecutionDevice(string name, string? obstacle)
    {
        Name = name;
        Obstacle = obstacle;
    }

    /// <summary>Gets the name of the device, as <see cref="SpladeEngine.Devices"/> has it: <c>cpu</c>, or <c>cuda:0</c>.</summary>
    public string Name { get; }

    /// <summary>Gets why no model can run on it, with what is missing and what to do; null if one can.</summary>
    public string? Obstacle { get; }

    /// <summary>Tries out the processors and CUDA devices, without a model. It takes milliseconds without CUDA, and up to seconds with it.</summary>
    /// <param name="cudaDeviceIds">The numbers of the CUDA devices; the first one, 0, if there are none.</param>
    /// <returns>The processors, and each of the CUDA devices.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="cudaDeviceIds"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public static IReadOnlyList<ExecutionDevice> FindAll(params IReadOnlyList<int> cudaDeviceIds)
    {
        ArgumentNullException.ThrowIfNull(cudaDeviceIds);
        int[] ids = cudaDeviceIds.Count == 0 ? [0] : [.. cudaDeviceIds];
        Array.ForEach(ids, id => ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(cudaDeviceIds)));
        string? start = OnnxRuntimeStart.FindObstacle();
        return
        [
            new(OnnxDevice.Cpu.ToString(), start),
            .. ids.Select(id => new ExecutionDevice(new OnnxDevice(id).ToString(), start ?? CudaSupport.FindObstacle(id))),
        ];
    }

    /// <summary>Returns the name, and the obstacle if there is one.</summary>
    public override string ToString() => Obstacle is null ? Name : $"{Name}: {Obstacle}";
}
