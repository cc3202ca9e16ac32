using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Two small texts of different lengths that a loaded model is tried out on.</summary>
internal sealed class ProbeTexts(Tokenizer tokenizer)
{
    /// <summary>How far apart two rows of one text may be: rounding moves the last digits of a float; quantisation moves the second or third.</summary>
    public const float Rounding = 1e-4f;

    public int[] Short { get; } = tokenizer.Encode("probe").Ids.ToArray();

    public int[] Longer { get; } = tokenizer.Encode("A longer text: 17 words, \"quoted\" or not, that sits beside the first one in a batch!").Ids.ToArray();
}
