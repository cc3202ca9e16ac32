using Splade.AI.Architectures.Tables;
using Splade.AI.Weights;

namespace Splade.AI.Architectures.Names;

/// <summary>The tensors of a checkpoint by the names that tables have for them: without prefix, and with norms spelled as they are today.</summary>
internal sealed class TensorNames
{
    private static readonly Dictionary<string, string> OldSpellings = new()
    {
        ["LayerNorm.gamma"] = "LayerNorm.weight",
        ["LayerNorm.beta"] = "LayerNorm.bias",
    };

    private readonly Architecture _architecture;
    private readonly Dictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);

    /// <exception cref="SpladeModelException">Two tensors have one name here.</exception>
    public TensorNames(Checkpoint checkpoint, Architecture architecture)
    {
        _architecture = architecture;
        Prefix = architecture.Prefixes.FirstOrDefault(p => checkpoint.Tensors.Keys.Any(name => name.StartsWith(p, StringComparison.Ordinal))) ?? "";
        foreach (WeightTensor tensor in checkpoint.Tensors.Values)
        {
            if (!_tensors.TryAdd(Simplify(tensor.Name), tensor))
            {
                throw new SpladeModelException(
                    $"'{tensor.Name}' and '{_tensors[Simplify(tensor.Name)].Name}' are two names of one tensor. Copy the file again from its origin.",
                    tensor.File);
            }
        }
    }

    /// <summary>What the encoder's names begin with in the file; empty for an encoder alone.</summary>
    public string Prefix { get; }

    /// <summary>All tensors by their names here.</summary>
    public IReadOnlyDictionary<string, WeightTensor> All => _tensors;

    /// <summary>A name as this file would have it.</summary>
    public string InFile(string name) => IsOfEncoder(name) ? Prefix + name : name;

    /// <summary>Whether a name is one of the encoder's, and none of a head's.</summary>
    public bool IsOfEncoder(string name) => _architecture.Roots.Any(root => name.StartsWith(root, StringComparison.Ordinal));

    private string Simplify(string name)
    {
        string simple = Prefix.Length > 0 && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        foreach ((string old, string today) in OldSpellings)
        {
            simple = simple.EndsWith(old, StringComparison.Ordinal) ? simple[..^old.Length] + today : simple;
        }

        return simple;
    }
}
