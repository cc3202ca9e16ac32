namespace Splade.AI.ModelFiles.Hub;

/// <summary>A model in the local cache that has all the files that are needed to load it.</summary>
/// <param name="Name">The model's name on the hub: <c>owner/name</c>.</param>
/// <param name="Commit">The commit that its files are of.</param>
/// <param name="Revisions">The branches and tags that name this commit in the cache; empty if none does.</param>
/// <param name="Folder">The full path of the folder to load.</param>
public sealed record CachedModel(string Name, string Commit, IReadOnlyList<string> Revisions, string Folder);
