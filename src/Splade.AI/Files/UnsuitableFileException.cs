namespace Splade.AI.Files;

/// <summary>What a path leads to is not a regular file, or is larger than such a file may be. The message says what was found, what was expected, and what to do.</summary>
internal sealed class UnsuitableFileException(string message) : IOException(message);
