using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>What a model takes and gives, told by name, type and rank.</summary>
internal static class ModelSignature
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string TypeIds = "token_type_ids";
    private const string Indices = "output_idx";
    private const string Weights = "output_weights";

    /// <summary>Names under which exporters put the output for each token, best first.</summary>
    private static readonly string[] KnownOutputs = ["logits", "last_hidden_state", "token_embeddings"];

    /// <summary>Refuses a model with an input that nobody here can feed.</summary>
    public static void CheckInputs(InferenceSession session, string path)
    {
        foreach ((string name, NodeMetadata input) in session.InputMetadata)
        {
            if (name is not (Ids or Mask or TypeIds) || !input.IsTensor || input.ElementDataType != TensorElementType.Int64)
            {
                throw new SpladeModelException(
                    $"The model has an input {Describe(name, input)}. Expected some of {Ids}, {Mask} and {TypeIds}, each of type Int64.", path);
            }
        }
    }

    /// <summary>The array of the batch that an input takes.</summary>
    public static long[] InputFor(string name, TokenBatch batch) => name switch
    {
        Ids => batch.Ids,
        Mask => batch.Mask,
        _ => batch.TypeIds,
    };

    /// <summary>The outputs to read: indices with weights, else a row of float32 numbers for each token, else one for each text.</summary>
    public static OutputSignature FindOutput(InferenceSession session, string path)
    {
        IReadOnlyDictionary<string, NodeMetadata> outputs = session.OutputMetadata;
        if (outputs.ContainsKey(Indices) && outputs.ContainsKey(Weights))
        {
            return new OutputSignature(OutputContract.IndicesAndWeights, [Indices, Weights], Width: null);
        }

        return Find(outputs, rank: 3) is string tokens ? new OutputSignature(OutputContract.TokenRows, [tokens], DeclaredWidth(outputs[tokens]))
            : Find(outputs, rank: 2) is string texts ? new OutputSignature(OutputContract.TextRows, [texts], DeclaredWidth(outputs[texts]))
            : throw new SpladeModelException(
                $"The model gives [{string.Join(", ", outputs.Select(o => Describe(o.Key, o.Value)))}]. "
                + "Expected float32 logits of shape [texts, tokens, vocabulary], "
                + $"pooled weights of shape [texts, vocabulary], or {Indices} with {Weights}. Export it for the task fill-mask, in float32.", path);
    }

    /// <summary>Outputs that are read by name, of float32 numbers.</summary>
    public static OutputSignature NamedOutputs(InferenceSession session, IReadOnlyList<string> names, string path)
    {
        IReadOnlyDictionary<string, NodeMetadata> outputs = session.OutputMetadata;
        foreach (string name in names)
        {
            if (!outputs.TryGetValue(name, out NodeMetadata? output) || output is not { IsTensor: true, ElementDataType: TensorElementType.Float })
            {
                throw new SpladeModelException(
                    $"The model gives [{string.Join(", ", outputs.Select(o => Describe(o.Key, o.Value)))}]. Expected '{name}' among them, of float32 numbers. "
                    + "Export it in float32.", path);
            }
        }

        return new OutputSignature(OutputContract.Named, [.. names], Width: null);
    }

    private static string? Find(IReadOnlyDictionary<string, NodeMetadata> outputs, int rank)
    {
        string[] candidates = outputs
            .Where(o => o.Value is { IsTensor: true, ElementDataType: TensorElementType.Float } && o.Value.Dimensions.Length == rank)
            .Select(o => o.Key)
            .ToArray();
        return KnownOutputs.FirstOrDefault(candidates.Contains) ?? (candidates is [string only] ? only : null);
    }

    private static int? DeclaredWidth(NodeMetadata output) => output.Dimensions[^1] is int width and > 0 ? width : null;

    private static string Describe(string name, NodeMetadata value) =>
        value.IsTensor ? $"'{name}': {value.ElementDataType} of rank {value.Dimensions.Length}" : $"'{name}': {value.OnnxValueType}";
}
