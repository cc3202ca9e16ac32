namespace Splade.AI.Hybrid;

/// <summary>Describes a record that a search found, before it is read. Immutable.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="Fusion">Its place, and why it has it.</param>
public sealed record FusedPlace(string Id, FusionExplanation Fusion);
