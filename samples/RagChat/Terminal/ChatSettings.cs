using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>What the command line asked for.</summary>
/// <param name="Question">The one question to answer; null to open the prompt.</param>
/// <param name="Folder">The folder with the articles.</param>
/// <param name="Mode">How to search.</param>
/// <param name="Top">How many passages an answer is made from.</param>
/// <param name="Store">The address of the store that keeps the passages; null to keep them in memory.</param>
internal sealed record ChatSettings(string? Question, string Folder, SearchMode Mode, int Top, string? Store = null);
