using System.Text.Json.Serialization;

namespace Splade.AI.Search.Storage;

/// <summary>What a folder holds: everything that is not in it, and in the records of the log, is not there.</summary>
/// <param name="Kind">What the segments hold.</param>
/// <param name="Keys">The type of the keys.</param>
/// <param name="EmbeddingSpace">What the vectors depend on.</param>
/// <param name="Commit">How many manifests there were before it in the folder, and it.</param>
/// <param name="Log">The log of what was written since the last segment.</param>
/// <param name="Parts">The segments, by insertion.</param>
internal sealed record IndexManifest(
    string Kind, string Keys, IReadOnlyDictionary<string, string> EmbeddingSpace, long Commit, NamedLog Log, IReadOnlyList<ManifestPart> Parts)
{
    /// <summary>The names of all files that belong to the index, but for the manifest itself.</summary>
    [JsonIgnore]
    public IEnumerable<string> Files => Parts.Select(part => part.File).Append(Log.File);
}
