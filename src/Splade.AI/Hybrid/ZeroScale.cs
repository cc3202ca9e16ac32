namespace Splade.AI.Hybrid;

/// <summary>A side that returned nothing, and so has no say.</summary>
internal sealed class ZeroScale : ISideScale
{
    public static ZeroScale Instance { get; } = new();

    public double Contribution(SideScore score) => 0;

    public string? Arithmetic(SideScore score) => null;
}
