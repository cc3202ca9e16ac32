namespace RagChat.Files;

/// <summary>A file or folder that was left out.</summary>
/// <param name="Path">The path inside the folder that was read.</param>
/// <param name="Reason">Why, in words for the reader.</param>
internal sealed record SkippedFile(string Path, string Reason)
{
    public static string ReasonOf(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException => "the file does not exist any more",
        _ => e.Message,
    };
}
