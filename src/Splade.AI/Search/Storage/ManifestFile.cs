using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Splade.AI.Search.Storage;

/// <summary>The file that says what a folder holds: a line with the format and a checksum, and JSON.</summary>
internal static class ManifestFile
{
    public const string Name = "manifest";

    private const string Format = "splade-index 3";
    private const string FormatOfAll = "splade-index ";

    public static byte[] Write(IndexManifest manifest)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.IndexManifest);
        return [.. Encoding.ASCII.GetBytes($"{Format} {Checksum.Of(json):x8}\n"), .. json];
    }

    /// <summary>Whether a file is a manifest, of whatever version, and damaged or not, and none of something else.</summary>
    /// <exception cref="SearchStorageException">It cannot be read.</exception>
    public static bool IsOne(string path) => ReadBytes(path, FormatOfAll.Length).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(FormatOfAll));

    /// <summary>Whether a file is what a process has left that died while it wrote a manifest.</summary>
    /// <exception cref="SearchStorageException">It cannot be read.</exception>
    public static bool IsBegun(string path) => Encoding.ASCII.GetBytes(FormatOfAll).AsSpan().StartsWith(ReadBytes(path, FormatOfAll.Length));

    /// <exception cref="SearchStorageException">The file is damaged, or of another format.</exception>
    public static IndexManifest Read(string path)
    {
        byte[] bytes = ReadBytes(path, Array.MaxLength);
        int end = Array.IndexOf(bytes, (byte)'\n');
        string line = end < 0 ? "" : Encoding.ASCII.GetString(bytes, 0, end);
        if (!line.StartsWith(FormatOfAll, StringComparison.Ordinal))
        {
            throw Damaged(path);
        }

        string[] words = line.Split(' ');
        if (words.Length != 3 || !uint.TryParse(words[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint checksum))
        {
            throw Damaged(path);
        }

        if (!line.StartsWith(Format + " ", StringComparison.Ordinal))
        {
            throw new SearchStorageException(
                $"Found the format '{words[0]} {words[1]}', expected '{Format}': the folder was written by another version of Splade.AI. Use that version.", path);
        }

        ReadOnlySpan<byte> json = bytes.AsSpan(end + 1);
        return Checksum.Of(json) == checksum ? Parse(json, path) : throw Damaged(path);
    }

    /// <summary>The same, but null if it is damaged, of another format, or cannot be read.</summary>
    public static IndexManifest? TryRead(string path)
    {
        try
        {
            return Read(path);
        }
        catch (SearchStorageException)
        {
            return null;
        }
    }

    private static IndexManifest Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            IndexManifest? manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.IndexManifest);
            return manifest?.Files.All(FolderFiles.IsName) is true ? manifest : throw Damaged(path);
        }
        catch (JsonException e)
        {
            throw Damaged(path, e);
        }
    }

    private static byte[] ReadBytes(string path, long most)
    {
        try
        {
            return IndexFile.Read(path, most);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SearchStorageException($"The file cannot be read: {e.Message} Restore the folder from a backup.", path, e);
        }
    }

    private static SearchStorageException Damaged(string path, Exception? e = null) =>
        new("The file that says what the folder holds is damaged. Restore the folder from a backup.", path, e);
}
