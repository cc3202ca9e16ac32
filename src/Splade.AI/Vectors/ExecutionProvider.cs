namespace Splade.AI;

/// <summary>Specifies what a model runs on.</summary>
public enum ExecutionProvider
{
    /// <summary>The processors.</summary>
    Cpu,

    /// <summary>NVIDIA devices through CUDA, those of <see cref="EncoderOptions.DeviceIds"/>; an error where one of them cannot be used.</summary>
    Cuda,

    /// <summary>
    /// Those of the devices of <see cref="EncoderOptions.DeviceIds"/> that can be used, otherwise the processors. A device that is not used
    /// is reported in the log, with the reason.
    /// </summary>
    Auto,
}
