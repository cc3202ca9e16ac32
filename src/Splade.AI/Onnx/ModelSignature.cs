using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>What a model must take and give, by name, type and rank.</summary>
internal static class ModelSignature
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string TypeIds = "token_type_ids";

    /// <summary>Names under which exporters put the output for each token, best first.</summary>
    private static readonly string[] KnownOutputs = ["logits", "last_hidden_state", "token_embeddings"];

    /// <summary>Refuses a model with an input that nobody here can feed.</summary>
    public static void CheckInputs(InferenceSession session, string path)
    {
        foreach ((string name, NodeMetadata input) in session.InputMetadata)
        {
            if (name is not (Ids or Mask or TypeIds) || input.ElementDataType != TensorElementType.Int64)
            {
                throw new SpladeModelException(
                    $"The model has an input '{name}' of type {input.ElementDataType}. Expected some of {Ids}, {Mask} and {TypeIds}, each of type Int64.", path);
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

    /// <summary>The output with one row of float32 numbers for each token.</summary>
    public static string FindTokenOutput(InferenceSession session, string path)
    {
        string[] candidates = session.OutputMetadata
            .Where(o => o.Value is { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions.Length: 3 })
            .Select(o => o.Key)
            .ToArray();
        return KnownOutputs.FirstOrDefault(candidates.Contains)
            ?? (candidates is [string only] ? only : null)
            ?? throw new SpladeModelException(
                $"The model gives [{string.Join(", ", session.OutputMetadata.Select(Describe))}]. "
                + "Expected one float32 output of rank 3, [texts, tokens, numbers]: export the model without a pooling step.", path);
    }

    private static string Describe(KeyValuePair<string, NodeMetadata> output) =>
        $"{output.Key}: {output.Value.ElementDataType} of rank {output.Value.Dimensions.Length}";
}
