namespace Splade.AI.Weights.Torch;

/// <summary>Numbers that tensors show a part of, in a record of their own.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Key">The name of the record.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TorchStorage(TorchType Type, string Key, long Count)
{
    /// <summary>The storage that a persistent id names.</summary>
    /// <exception cref="FormatException">It names something else.</exception>
    public static TorchStorage Of(object? id) => id is object?[] and ["storage", TorchType type, string key, string, long and >= 0 and var count]
        ? new TorchStorage(type, key, count)
        : throw new FormatException("A persistent id in it is not that of a storage, with its type, key, place and count.");
}
