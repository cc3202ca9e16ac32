using Microsoft.ML.OnnxRuntime;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Tries a session out on two small texts: what its file leaves open shows in what it gives.</summary>
internal sealed class ModelProbe(OnnxSession session, Tokenizer tokenizer, string path)
{
    private readonly TokenizedText _short = tokenizer.Encode("probe");
    private readonly TokenizedText _longer = tokenizer.Encode("A longer text: 17 words, \"quoted\" or not, that sits beside the first one in a batch!");

    /// <summary>The length of a row, checked against what is expected.</summary>
    public int FindWidth(int? expected)
    {
        if (session.Output.Contract == OutputContract.IndicesAndWeights)
        {
            return expected ?? throw new SpladeModelException("The model gives indices and weights. Expected a dense model's numbers for each token.", path);
        }

        // Asked before the first run too: with a tokenizer of another model that run would fail for a less telling reason.
        RequireWidth(session.Output.Width, expected);
        int found = MeasureWidth(new TokenBatch([_short], padTokenId: 0));
        RequireWidth(found, expected);
        return found;
    }

    public ProbeResult Run(OnnxModel model)
    {
        float[] alone = Row(model, [_short]);
        return new ProbeResult(model.Contract != OutputContract.IndicesAndWeights && IsSame(alone, Row(model, [_short, _longer])), alone.Any(x => x < 0));
    }

    private static float[] Row(OnnxModel model, TokenizedText[] texts) =>
        model.Run(new TokenBatch(texts, padTokenId: 0), row => row.ToArray(), CancellationToken.None)[0];

    // Rounding moves the last digits of a float; quantisation moves the second or third.
    private static bool IsSame(float[] alone, float[] together)
    {
        const float Rounding = 1e-3f;
        float largest = alone.Max(MathF.Abs);
        return alone.Zip(together).All(pair => MathF.Abs(pair.First - pair.Second) <= Rounding * largest);
    }

    private int MeasureWidth(TokenBatch batch)
    {
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(batch, CancellationToken.None);
        long[] shape = results[0].GetTensorTypeAndShape().Shape;
        long[] expected = session.Output.Contract == OutputContract.TokenRows ? [batch.Rows, batch.Length] : [batch.Rows];
        return shape[..^1].SequenceEqual(expected) ? (int)shape[^1] : throw new SpladeModelException(
            $"Output '{session.Output.Names[0]}' has the shape [{string.Join(", ", shape)}] for {batch.Rows} text of {batch.Length} tokens, "
            + $"expected [{string.Join(", ", expected)}, width].", path);
    }

    private void RequireWidth(int? found, int? expected)
    {
        if (found is not null && expected is not null && found != expected)
        {
            throw new SpladeModelException(
                $"Output '{session.Output.Names[0]}' has rows of {found} numbers, expected {expected}, one for each entry of the tokenizer's vocabulary. "
                + "Either tokenizer.json belongs to another model, or this is an export for feature extraction: export the model for the task fill-mask.",
                path);
        }
    }
}
