using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Splade.AI.Search.Storage;

/// <summary>The file that says what a folder holds: a line with the format and a checksum, and JSON.</summary>
internal static class ManifestFile
{
    public const string Name = "manifest";

    private const string Format = "splade-index 2";
    private const string FormatOfAll = "splade-index ";

    public static byte[] Write(IndexManifest manifest)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(manifest, ManifestJson.Default.IndexManifest);
        return [.. Encoding.ASCII.GetBytes($"{Format} {Checksum.Of(json):x8}\n"), .. json];
    }

    /// <summary>Whether a file is a manifest, of whatever version, and damaged or not, and none of something else.</summary>
    public static bool IsOne(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[FormatOfAll.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Encoding.ASCII.GetBytes(FormatOfAll));
    }

    /// <exception cref="SearchStorageException">The file is damaged, or of another format.</exception>
    public static IndexManifest Read(string path)
    {
        byte[] bytes = DurableFile.Read(path);
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
        return Checksum.Of(json) == checksum ? JsonSerializer.Deserialize(json, ManifestJson.Default.IndexManifest)! : throw Damaged(path);
    }

    private static SearchStorageException Damaged(string path) =>
        new("The file that says what the folder holds is damaged. Restore the folder from a backup.", path);
}
