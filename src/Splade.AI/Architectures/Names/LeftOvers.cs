using Splade.AI.Architectures.Tables;
using Splade.AI.Weights;

namespace Splade.AI.Architectures.Names;

/// <summary>
/// The tensors that a graph has no place for: some are known to change nothing, and one inside a part that the graph has means other arithmetic.
/// </summary>
internal static class LeftOvers
{
    /// <summary>Tables that older versions of transformers wrote and that are computed.</summary>
    private static readonly string[] Buffers = [".position_ids", ".token_type_ids", ".inv_freq", ".cos_cached", ".sin_cached"];

    /// <summary>Heads of other tasks than ours.</summary>
    private static readonly string[] OtherHeads = ["cls.", "qa_outputs."];

    /// <summary>What adds to a layer wherever it stands.</summary>
    private static readonly string[] Additions = ["lora_", "adapter", "prefix_encoder", "prompt_encoder"];

    /// <summary>A part that only some heads read.</summary>
    private const string Pooler = "pooler.";

    /// <param name="names">All tensors.</param>
    /// <param name="used">The names of those that the graph uses.</param>
    /// <param name="architecture">The table of the model.</param>
    /// <param name="head">What the names of the graph's head begin with.</param>
    /// <param name="modelClass">The class of the model that the graph computes.</param>
    /// <returns>The names of those that nobody here has heard of.</returns>
    /// <exception cref="SpladeModelException">One means that the model computes something else.</exception>
    public static IReadOnlyList<string> Check(
        TensorNames names, IReadOnlySet<string> used, Architecture architecture, IReadOnlyList<string> head, string modelClass)
    {
        string[] heads = [.. OtherHeads, .. architecture.MaskedHead.Roots, .. architecture.ClassificationHead.Roots];
        var unknown = new List<string>();
        foreach ((string name, WeightTensor tensor) in names.All.Where(t => !used.Contains(t.Key)))
        {
            // Both biases of a tied decoder may be there; the decoder's own was taken.
            if (EndsWithAny(name, Buffers) || architecture.MaskedHead.Biases.Contains(name))
            {
                continue;
            }

            bool isInside = BeginsWithAny(name, head) || names.IsOfEncoder(name)
                || (names.Prefix.Length > 0 && tensor.Name.StartsWith(names.Prefix, StringComparison.Ordinal));
            if (Additions.Any(a => name.Contains(a, StringComparison.Ordinal)) || (isInside && !name.StartsWith(Pooler, StringComparison.Ordinal)))
            {
                throw new SpladeModelException(
                    $"Tensor '{ShortNames.Cut(tensor.Name)}' has no place in {modelClass} as config.json describes it: the model has more layers, or computes "
                    + "something else with the same parts. Merge adapters into the weights, or export the model to ONNX.", tensor.File);
            }

            if (!isInside && !BeginsWithAny(name, heads))
            {
                unknown.Add($"tensor '{ShortNames.Cut(tensor.Name)}' of {Path.GetFileName(tensor.File)}");
            }
        }

        return unknown;
    }

    /// <summary>Refuses a head beside an encoder that stands alone: neither of them is a whole model.</summary>
    public static void RequirePrefix(TensorNames names, Architecture architecture, IReadOnlyList<string> head)
    {
        if (names.Prefix.Length == 0
            && names.All.FirstOrDefault(t => BeginsWithAny(t.Key, head) && !names.IsOfEncoder(t.Key)).Value is WeightTensor tensor)
        {
            throw new SpladeModelException(
                $"The file has the head '{ShortNames.Cut(tensor.Name)}', but no tensor of an encoder under '{architecture.Prefixes[0]}', expected beside it. "
                + "The file is not whole: copy it again from its origin.", tensor.File);
        }
    }

    private static bool BeginsWithAny(string name, IReadOnlyList<string> starts) => starts.Any(s => name.StartsWith(s, StringComparison.Ordinal));

    private static bool EndsWithAny(string name, IReadOnlyList<string> ends) => ends.Any(e => name.EndsWith(e, StringComparison.Ordinal));
}
