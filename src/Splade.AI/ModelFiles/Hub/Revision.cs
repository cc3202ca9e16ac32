namespace Splade.AI.ModelFiles.Hub;

/// <summary>A branch, a tag or a commit of a repository.</summary>
internal static class Revision
{
    public const string Default = "main";

    private const int CommitLength = 40;

    /// <summary>Whether the text is a whole commit hash, which needs no look-up.</summary>
    public static bool IsCommit(string text) => text.Length == CommitLength && text.All(char.IsAsciiHexDigitLower);
}
