namespace Splade.AI.Weights.Torch;

/// <summary>Where the bytes of a zip's record lie in its file. They are stored as they are.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct ZipRecord(long Offset, long Length);
