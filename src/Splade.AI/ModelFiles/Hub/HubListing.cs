using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>The files of one commit of a repository, as the hub's API lists them.</summary>
internal sealed class HubListing
{
    /// <summary>The most bytes of a list. It takes some two hundred for each file.</summary>
    private const int MaxLength = 32 << 20;

    private const int BlockSize = 1 << 16;

    private readonly Dictionary<string, HubFile?> _files;

    private HubListing(string commit, Dictionary<string, HubFile?> files)
    {
        Commit = commit;
        _files = files;
    }

    public string Commit { get; }

    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>Size and hash of a file; null where the list has no more than its name, as some mirrors answer.</summary>
    public HubFile? Find(string path) => _files[path];

    /// <summary>Whether the repository has such a file.</summary>
    public bool Has(string path) => _files.ContainsKey(path);

    /// <summary>Reads the API's answer.</summary>
    /// <exception cref="JsonException">It is no such answer.</exception>
    /// <exception cref="InvalidDataException">It is longer than the list of any repository.</exception>
    public static async Task<HubListing> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        byte[] block = new byte[BlockSize];
        int read;
        while ((read = await body.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > MaxLength)
            {
                throw new InvalidDataException($"The list of the repository's files is longer than {MaxLength} bytes.");
            }

            bytes.Write(block, 0, read);
        }

        bytes.Position = 0;
        using var json = JsonDocument.Parse(bytes);
        JsonText.Require(json.RootElement);
        return Parse(json.RootElement);
    }

    private static HubListing Parse(JsonElement json)
    {
        if (json.Text("sha") is not string commit || !Revision.IsCommit(commit)
            || json.Member("siblings", JsonValueKind.Array) is not JsonElement siblings)
        {
            throw new JsonException("Expected an object with 'sha' and 'siblings'.");
        }

        var files = new Dictionary<string, HubFile?>(StringComparer.Ordinal);
        foreach (JsonElement sibling in siblings.EnumerateArray())
        {
            if (sibling.Text("rfilename") is string path)
            {
                files[path] = ReadFile(sibling, path);
            }
        }

        return new HubListing(commit, files);
    }

    private static HubFile? ReadFile(JsonElement sibling, string path)
    {
        string? hash = sibling.Member("lfs", JsonValueKind.Object) is JsonElement lfs ? lfs.Text("sha256") : sibling.Text("blobId");
        return BlobHash.IsHash(hash) && sibling.Member("size", JsonValueKind.Number) is JsonElement number && number.TryGetInt64(out long size) && size >= 0
            ? new HubFile(path, size, hash)
            : null;
    }
}
