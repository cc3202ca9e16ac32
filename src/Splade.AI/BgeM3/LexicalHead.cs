using System.Numerics.Tensors;
using Splade.AI.Weights;
using Splade.AI.Weights.Torch;

namespace Splade.AI.BgeM3;

/// <summary>The layer that makes a weight of a token's hidden state: <c>relu(w h + b)</c>.</summary>
/// <remarks>
/// FlagEmbedding publishes it beside the model as <c>sparse_linear.pt</c>; others carry it as <c>sparse_linear.safetensors</c>.
/// </remarks>
/// <param name="File">The file that it is in.</param>
/// <param name="Weights">One number for each of the hidden state.</param>
/// <param name="Bias">What is added.</param>
internal sealed record LexicalHead(string File, float[] Weights, float Bias)
{
    private const string Torch = "sparse_linear.pt";
    private const string Safetensors = "sparse_linear.safetensors";

    public const string Names = $"{Safetensors} or {Torch}";

    /// <summary>The head in a folder; null if there is none.</summary>
    /// <exception cref="SpladeModelException">The file cannot be read, or is not such a layer.</exception>
    public static LexicalHead? ReadIfExists(string folder)
    {
        string safetensors = Path.Combine(folder, Safetensors), torch = Path.Combine(folder, Torch);
        return Files.CheckedFile.Exists(safetensors) ? Of(safetensors, SafetensorsFile.Read(safetensors))
            : Files.CheckedFile.Exists(torch) ? Of(torch, TorchFile.Read(torch))
            : null;
    }

    /// <summary>The weights of tokens, from their hidden states one after the other.</summary>
    public float[] Weigh(ReadOnlySpan<float> hidden)
    {
        float[] weights = new float[hidden.Length / Weights.Length];
        for (int token = 0; token < weights.Length; token++)
        {
            weights[token] = TensorPrimitives.Dot(hidden.Slice(token * Weights.Length, Weights.Length), Weights) + Bias;
        }

        return weights;
    }

    private static LexicalHead Of(string file, IReadOnlyDictionary<string, WeightTensor> tensors)
    {
        if (!tensors.TryGetValue("weight", out WeightTensor? weight) || !tensors.TryGetValue("bias", out WeightTensor? bias))
        {
            throw new SpladeModelException(
                $"The file has the tensors [{string.Join(", ", tensors.Keys.Take(8))}], expected 'weight' and 'bias' of the layer that gives lexical weights. "
                + "Copy the file again from the model's origin.", file);
        }

        // A layer with one output: written with that dimension or without.
        long width = weight.Shape is [long one] ? one : weight.Shape is [1, long row] ? row : 0;
        float[] weights = WeightNumbers.Read(weight, weight.Shape.Count == 1 ? [width] : [1, width]);
        float[] added = WeightNumbers.Read(bias, 1);
        bool isFinite = Array.TrueForAll(weights, float.IsFinite) && float.IsFinite(added[0]);
        return isFinite ? new LexicalHead(file, weights, added[0]) : throw new SpladeModelException(
            "The layer has numbers that are not finite. Copy the file again from the model's origin.", file);
    }
}
