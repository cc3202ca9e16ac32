namespace RagChat.Files;

/// <summary>What was found in a folder.</summary>
/// <param name="Texts">The texts, ordered by path.</param>
/// <param name="Skipped">What should have been read and could not, ordered by path.</param>
/// <param name="Remarks">What was passed over on purpose, in sentences that begin with how many.</param>
internal sealed record FolderContents(IReadOnlyList<FolderText> Texts, IReadOnlyList<SkippedFile> Skipped, IReadOnlyList<string> Remarks);
