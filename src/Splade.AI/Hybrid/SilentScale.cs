namespace Splade.AI.Hybrid;

/// <summary>A side that returned nothing, and so has no say.</summary>
internal sealed class SilentScale : ISideScale
{
    public static SilentScale Instance { get; } = new();

    public double Contribution(SideScore score) => 0;

    public string? Arithmetic(SideScore score) => null;
}
