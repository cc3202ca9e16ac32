using Splade.AI.Weights.Torch;

namespace Splade.AI.Weights;

/// <summary>A form in which weights are published.</summary>
/// <param name="FileName">The name of the file that holds them, or of the index of several.</param>
/// <param name="Extension">How the names of files of weights end.</param>
/// <param name="IsIndex">Whether the file is an index.</param>
internal sealed record CheckpointForm(string FileName, string Extension, bool IsIndex)
{
    private const string Safetensors = ".safetensors";
    private const string Torch = ".bin";
    private const string Adapter = "adapter_model.safetensors";

    private static readonly string[] Others = ["tf_model.h5", "flax_model.msgpack"];

    /// <summary>All forms that are read, the preferred first.</summary>
    public static IReadOnlyList<CheckpointForm> All { get; } =
    [
        new("model.safetensors", Safetensors, false),
        new("model.safetensors.index.json", Safetensors, true),
        new("pytorch_model.bin", Torch, false),
        new("pytorch_model.bin.index.json", Torch, true),
    ];

    /// <summary>The names of all forms that are read, as an error names them.</summary>
    public static string Names { get; } = $"{string.Join(", ", All.SkipLast(1).Select(f => f.FileName))} or {All[^1].FileName}";

    /// <summary>All names that tell of weights, in whatever form.</summary>
    public static IEnumerable<string> KnownNames => [.. All.Select(f => f.FileName), Adapter, .. Others];

    /// <summary>The preferred form of weights among files of a folder; null if none are weights.</summary>
    /// <param name="names">The names of the files.</param>
    /// <param name="origin">Where they are, as an error names it.</param>
    /// <exception cref="SpladeModelException">There are weights, in other forms only.</exception>
    public static CheckpointForm? Choose(IReadOnlyCollection<string> names, string origin)
    {
        if (All.FirstOrDefault(form => names.Contains(form.FileName)) is CheckpointForm form)
        {
            return form;
        }

        if (names.Contains(Adapter))
        {
            throw new SpladeModelException(
                $"Found {Adapter} alone, which changes another model. Expected {Names}. Merge it into its base model first, and save that.", origin);
        }

        return Others.FirstOrDefault(names.Contains) is string other
            ? throw new SpladeModelException($"Found the weights in {other} only, which is not read. Expected {Names}. Save the model in one of these.", origin)
            : null;
    }

    /// <summary>The tensors of one file of weights.</summary>
    /// <exception cref="SpladeModelException">It cannot be read, is damaged, or not supported.</exception>
    public IReadOnlyDictionary<string, WeightTensor> ReadFile(string path) =>
        Extension == Safetensors ? SafetensorsFile.Read(path) : TorchFile.Read(path);
}
