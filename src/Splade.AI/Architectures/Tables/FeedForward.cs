namespace Splade.AI.Architectures.Tables;

/// <summary>The two linear layers behind an attention, with an activation between them.</summary>
/// <param name="Up">The first layer; twice as wide where it is gated.</param>
/// <param name="Activation">The activation.</param>
/// <param name="Down">The second layer.</param>
/// <param name="Gate">Whether one half of the first layer's numbers is multiplied with the activated other.</param>
internal sealed record FeedForward(DenseLayer Up, Activation Activation, DenseLayer Down, Gate Gate = Gate.None)
{
    /// <summary>The layer whose activated numbers those of the first are multiplied with, where it is one of its own; null where there is none.</summary>
    public DenseLayer? GateLayer { get; init; }
}

/// <summary>Which half of a gated layer's numbers is activated.</summary>
internal enum Gate
{
    None,
    ActivatesFirst,
    ActivatesSecond,
}
