namespace RagChat.Files;

/// <summary>How much of a folder is read.</summary>
/// <param name="Files">How many files at most: the models take minutes for so many.</param>
/// <param name="Bytes">How many bytes they may have together.</param>
internal sealed record FolderLimits(int Files, long Bytes)
{
    public static FolderLimits Default { get; } = new(Files: 10_000, Bytes: 100_000_000);

    public override string ToString() => $"{Files:N0} files and {Bytes / 1_000_000} MB";
}
