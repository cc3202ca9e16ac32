namespace Splade.AI.Onnx;

/// <summary>The precision that a model runs in.</summary>
/// <param name="Precision">The precision.</param>
/// <param name="Obstacle">Why it is not the one that was asked for, as the end of "... because"; null if it is.</param>
internal sealed record PrecisionInUse(Precision Precision, string? Obstacle)
{
    public static PrecisionInUse Exact { get; } = new(Precision.Exact, Obstacle: null);

    public static PrecisionInUse Fast { get; } = new(Precision.Fast, Obstacle: null);

    public static PrecisionInUse NotFast(string obstacle) => new(Precision.Exact, obstacle);

    /// <summary>Exact, whatever was asked for: why it is not Fast matters only to those who asked for that.</summary>
    public static PrecisionInUse ExactFor(Precision asked, string obstacle) => asked == Precision.Fast ? NotFast(obstacle) : Exact;
}
