using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Weights;

/// <summary>The index of weights that are split into several files, its shards: which tensor is in which.</summary>
internal sealed class ShardIndex
{
    /// <summary>The most shards. The largest public models have some hundred.</summary>
    private const int MostShards = 10_000;

    private const string Map = "weight_map";

    private readonly Dictionary<string, string> _shards;

    private ShardIndex(string path, Dictionary<string, string> shards)
    {
        Path = path;
        _shards = shards;
        Shards = [.. shards.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The full path of the index.</summary>
    public string Path { get; }

    /// <summary>The names of the shards, which lie in the folder of the index.</summary>
    public IReadOnlyList<string> Shards { get; }

    /// <summary>The full paths of the shards.</summary>
    public IReadOnlyList<string> Files => [.. Shards.Select(PathOf)];

    /// <param name="path">The index.</param>
    /// <param name="extension">How the names of its shards end.</param>
    /// <exception cref="SpladeModelException">It cannot be read, names a tensor twice, or a shard by what is no plain file name.</exception>
    public static ShardIndex Read(string path, string extension)
    {
        path = System.IO.Path.GetFullPath(path);
        JsonElement json = JsonFile.Read(path);
        if (json.EnumerateObject().Count(p => p.Name == Map) != 1 || json.Member(Map, JsonValueKind.Object) is not JsonElement map)
        {
            throw new SpladeModelException($"Found no '{Map}', or several, expected one: which tensor is in which file. Copy it again from its origin.", path);
        }

        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty tensor in map.EnumerateObject())
        {
            string shard = tensor.Value.ValueKind == JsonValueKind.String ? tensor.Value.GetString()! : "";
            if (!IsPlainName(shard) || !shard.EndsWith(extension, StringComparison.Ordinal))
            {
                throw new SpladeModelException(
                    $"Tensor '{tensor.Name}' is said to be in '{tensor.Value}', expected the name of a file beside the index that ends with '{extension}'. "
                    + "Copy the index again from its origin.",
                    path);
            }

            if (!shards.TryAdd(tensor.Name, shard))
            {
                throw new SpladeModelException($"It names '{tensor.Name}' twice. Copy it again from its origin.", path);
            }
        }

        var index = new ShardIndex(path, shards);
        return index.Shards.Count <= MostShards ? index : throw new SpladeModelException(
            $"It names {index.Shards.Count} files, expected at most {MostShards}. Copy it again from its origin.", path);
    }

    /// <summary>Brings the tensors of all shards together.</summary>
    /// <param name="read">Reads those of one.</param>
    /// <exception cref="SpladeModelException">A shard cannot be read or lacks a tensor, or two have the same.</exception>
    public IReadOnlyDictionary<string, WeightTensor> ReadTensors(Func<string, IReadOnlyDictionary<string, WeightTensor>> read)
    {
        var tensors = new Dictionary<string, WeightTensor>(StringComparer.Ordinal);
        foreach (WeightTensor tensor in Shards.SelectMany(shard => read(PathOf(shard)).Values))
        {
            if (!tensors.TryAdd(tensor.Name, tensor))
            {
                throw new SpladeModelException(
                    $"'{tensor.Name}' is in '{System.IO.Path.GetFileName(tensors[tensor.Name].File)}' too, expected it once. "
                    + "Copy the files again from their origin.",
                    tensor.File);
            }
        }

        foreach ((string name, string shard) in _shards)
        {
            if (!tensors.TryGetValue(name, out WeightTensor? tensor) || System.IO.Path.GetFileName(tensor.File) != shard)
            {
                throw new SpladeModelException($"'{name}' is said to be in '{shard}', which lacks it. Copy the files again from their origin.", Path);
            }
        }

        return tensors;
    }

    private static bool IsPlainName(string name) => InnerPath.IsPlainName(name) && name.AsSpan().IndexOfAny("/\\:") < 0;

    private string PathOf(string shard) => CheckedFile.Named(System.IO.Path.GetDirectoryName(Path)!, shard, Path);
}
