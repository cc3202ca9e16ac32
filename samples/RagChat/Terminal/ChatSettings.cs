using RagChat.Stores;
using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>What the command line asked for.</summary>
/// <param name="Question">The one question to answer; null to open the prompt.</param>
/// <param name="Folder">The folder with the articles.</param>
/// <param name="Mode">How to search.</param>
/// <param name="Top">How many passages an answer is made from.</param>
/// <param name="Store">The address of the store that keeps the passages, or <see cref="Memory"/>; null for an index among the user's own data.</param>
internal sealed record ChatSettings(string? Question, string Folder, SearchMode Mode, int Top, string? Store = null)
{
    /// <summary>In place of an address: keeps the passages as long as the program runs.</summary>
    public const string Memory = "memory";

    /// <summary>Where the index of the folder is, if no store is named and the user has a place for it.</summary>
    public string? IndexPath => Store is null ? LocalIndex.PathOf(nameof(RagChat), Folder) : null;
}
