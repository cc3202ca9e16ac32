namespace Splade.AI.ModelFiles.Hub;

/// <summary>A file of a repository, as the hub describes it.</summary>
/// <param name="Path">With <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Hash">What the cache names its blob by: SHA-256 of a large file, the git blob's SHA-1 of a small one. Hexadecimal, in lower case.</param>
internal sealed record HubFile(string Path, long Size, string Hash);
