namespace RagChat.Documents;

/// <summary>A file or folder that was left out.</summary>
/// <param name="Path">The path inside the folder that was read.</param>
/// <param name="Reason">Why, in words for the reader.</param>
internal sealed record SkippedFile(string Path, string Reason);
