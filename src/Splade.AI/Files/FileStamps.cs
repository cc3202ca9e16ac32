namespace Splade.AI.Files;

/// <summary>The lengths and times of some files, to see later whether they are still the same.</summary>
internal sealed class FileStamps(IReadOnlyList<string> files)
{
    private readonly (long Length, DateTime Written)[] _stamps = [.. files.Select(Read)];

    /// <summary>The first file that is not as it was; null if all are.</summary>
    public string? FindChanged() => files.Zip(_stamps).FirstOrDefault(pair => Read(pair.First) != pair.Second).First;

    // Of what a link points to, not of the link.
    private static (long Length, DateTime Written) Read(string path)
    {
        try
        {
            using FileStream file = RegularFile.OpenRead(path);
            return (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (-1, default);
        }
    }
}
