namespace Splade.AI.MiniCoil;

/// <summary>What a run gave for a text.</summary>
/// <param name="Known">The words whose sense is known: number, the vector of its sense, and how often it stands in the text.</param>
/// <param name="Unknown">The stems of the others: dimension, and how often each stands in the text.</param>
internal sealed record MiniCoilReading(
    IReadOnlyList<(int Word, float[] Sense, int Count)> Known, IReadOnlyList<(int Dimension, int Count)> Unknown);
