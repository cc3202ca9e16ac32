namespace Splade.AI.Hybrid;

/// <summary>A text that is written to a store, and where its vectors come from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kept">The record of the store whose vectors it keeps; null if it is encoded.</param>
/// <param name="Encoded">Its place among the texts that are encoded, if it is one of them or repeats one.</param>
internal readonly record struct AddedText(HybridText Text, HybridRecord? Kept, int Encoded);
