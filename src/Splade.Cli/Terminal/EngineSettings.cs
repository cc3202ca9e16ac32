using Splade.AI;
using Splade.AI.ModelFiles;

namespace Splade.Cli.Terminal;

/// <summary>What a model was asked to run on.</summary>
/// <param name="Device">The devices.</param>
/// <param name="Threads">The threads of one run; null for the library's choice.</param>
/// <param name="Workers">How many runs go on at a time; null for the library's choice.</param>
internal sealed record EngineSettings(DeviceName Device, int? Threads, int? Workers)
{
    /// <summary>How exactly it is computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>What makes weights of logits; null for what the model's folder says.</summary>
    public SpladeActivation? Activation { get; init; }

    /// <summary>The file of the vocabulary policy; null for none.</summary>
    public string? PolicyFile { get; init; }

    public static EngineSettings Default { get; } = new(DeviceName.Cpu, Threads: null, Workers: null);
}
