namespace Splade.AI.ModelFiles.Hub;

/// <summary>A file of a repository, as the hub describes it.</summary>
/// <param name="Path">With <c>/</c> between its parts.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Hash">What the cache names its blob by, in lower-case hexadecimal: SHA-256 of a large file, SHA-1 of a small one as a git blob.</param>
internal sealed record HubFile(string Path, long Size, string Hash);
