using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Outputs;

/// <summary>What a run gave for one text: its share of each output, without the padding that it was run with. Gone when the run's outputs are.</summary>
/// <param name="read">What the outputs are.</param>
/// <param name="outputs">The outputs, in the same order.</param>
/// <param name="batch">The texts of the run.</param>
/// <param name="text">Which of them this is.</param>
/// <param name="notFinite">Makes the error for a number that no model should give.</param>
internal readonly ref struct TextOutputs(
    IReadOnlyList<ReadOutput> read, IReadOnlyList<OrtValue> outputs, TokenBatch batch, int text, Func<float, SpladeModelException> notFinite)
{
    /// <summary>The ids of the text's tokens.</summary>
    public ReadOnlySpan<long> Ids => batch.Ids.AsSpan(text * batch.Length, Count);

    /// <summary>How many tokens it has.</summary>
    public int Count => batch.Lengths[text];

    /// <summary>Whether an output holds something for each token.</summary>
    public bool IsPerToken(int output) => read[output].Kind == OutputKind.Tokens;

    /// <summary>The rows of the text's tokens, one after the other, or a number for each.</summary>
    /// <exception cref="SpladeModelException">A number is not finite.</exception>
    public ReadOnlySpan<float> OfTokens(int output)
    {
        int width = read[output].Width!.Value;
        return Slice(output, (long)text * batch.Length * width, Count * width);
    }

    /// <summary>The row of the text.</summary>
    /// <exception cref="SpladeModelException">A number is not finite.</exception>
    public ReadOnlySpan<float> OfText(int output)
    {
        int width = read[output].Width!.Value;
        return Slice(output, (long)text * width, width);
    }

    /// <summary>How much the first token attends to each of the tokens.</summary>
    /// <param name="output">The attention of a layer.</param>
    /// <param name="head">Which of its heads.</param>
    /// <exception cref="SpladeModelException">A number is not finite.</exception>
    public ReadOnlySpan<float> OfFirstToken(int output, int head) =>
        Slice(output, (((long)text * read[output].Width!.Value) + head) * batch.Length * batch.Length, Count);

    /// <summary>How many heads an output of attention has.</summary>
    public int Heads(int output) => read[output].Width!.Value;

    private ReadOnlySpan<float> Slice(int output, long start, int length)
    {
        ReadOnlySpan<float> slice = outputs[output].GetTensorDataAsSpan<float>().Slice(checked((int)start), length);
        float largest = RowMath.LargestMagnitude(slice);
        return float.IsFinite(largest) ? slice : throw notFinite(largest);
    }
}
