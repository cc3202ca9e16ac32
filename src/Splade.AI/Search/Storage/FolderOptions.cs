namespace Splade.AI.Search.Storage;

/// <summary>What a folder is to hold, and how it is opened.</summary>
/// <param name="Kind">What the segments hold.</param>
/// <param name="Keys">The type of the keys.</param>
/// <param name="EmbeddingSpace">What the vectors depend on; null for whatever the folder says.</param>
/// <param name="Verify">Whether all bytes are checked.</param>
internal sealed record FolderOptions(string Kind, string Keys, IReadOnlyDictionary<string, string>? EmbeddingSpace, bool Verify);
