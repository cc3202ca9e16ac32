using Microsoft.ML.OnnxRuntime;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Tries a session out on two small texts: what its file leaves open shows in what it gives.</summary>
internal sealed class ModelProbe(OnnxSession session, Tokenizer tokenizer, OnnxSettings settings, TokenReduction reduction, string path)
{
    private const string ALogitForEachLabel = "a reranker's logit for each label";
    private const string ExportClassifier = "export the model for the task text-classification";

    private readonly ProbeTexts _texts = new(tokenizer);

    /// <summary>The length of a row, checked against what is expected.</summary>
    /// <param name="expected">The length that the model's files ask for; null if they do not say.</param>
    /// <param name="least">The least length that will do; null where it must be the expected one.</param>
    public int FindWidth(int? expected, int? least)
    {
        if (session.Output.Contract == OutputContract.IndicesAndWeights)
        {
            // Only of a sparse model, and they do not tell their length.
            return reduction.IsSparse && expected is int width ? width : throw new SpladeModelException(
                $"The model gives indices and weights, as a sparse model does. Expected {(reduction.IsOfLabels ? ALogitForEachLabel : "a dense model's numbers for each token")}.",
                path);
        }

        if (reduction.IsOfLabels && session.Output.Contract != OutputContract.TextRows)
        {
            throw new SpladeModelException(
                $"Output '{session.Output.Names[0]}' has a row for each token. Expected {ALogitForEachLabel}, of shape [texts, labels]: {ExportClassifier}.", path);
        }

        // Asked before the first run too: with a tokenizer of another model that run would fail for a less telling reason.
        RequireWidth(session.Output.Width, expected, least);
        int found = MeasureWidth(Batch(_texts.Short));
        RequireWidth(found, expected, least);
        RequireRoom(found);
        return found;
    }

    /// <summary>The hidden states of a small text, shape <c>[tokens, width]</c>, from a graph whose decoder was cut off.</summary>
    public float[] HiddenStates(int[] ids, int width)
    {
        float[] hidden = RunSmall(Batch(ids), output => output.GetTensorDataAsSpan<float>().ToArray());
        return hidden.Length == ids.Length * width ? hidden : throw new SpladeModelException(
            $"The hidden states of {ids.Length} tokens have {hidden.Length} numbers, the decoder takes {width} for each.", path);
    }

    public ProbeResult Run(OnnxRows model)
    {
        float[] alone = Rows(model, _texts.Short)[0];
        float[] longerAlone = Rows(model, _texts.Longer)[0];
        float[][] together = model.Contract == OutputContract.IndicesAndWeights ? [] : Rows(model, _texts.Short, _texts.Longer);
        return new ProbeResult(
            BatchInvariant: together.Length == 2 && model.IsSame(alone, together[0], ProbeTexts.Rounding) && model.IsSame(longerAlone, together[1], ProbeTexts.Rounding),
            HasNegatives: Array.Exists(alone, x => x < 0));
    }

    private float[][] Rows(OnnxRows model, params int[][] texts) => model.Run(Batch(texts), row => row.ToArray(), RunLoad.Lone, CancellationToken.None);

    private TokenBatch Batch(params int[][] texts) => new(texts, settings.PadTokenId);

    private int MeasureWidth(TokenBatch batch)
    {
        long[] shape = MeasureShape(batch);
        long[] expected = session.Output.Contract == OutputContract.TokenRows ? [batch.Rows, batch.Length] : [batch.Rows];
        return shape.AsSpan(..^1).SequenceEqual(expected) ? (int)shape[^1] : throw new SpladeModelException(
            $"Output '{session.Output.Names[0]}' has the shape [{string.Join(", ", shape)}] for {batch.Rows} text of {batch.Length} tokens, "
            + $"expected [{string.Join(", ", expected)}, width].", path);
    }

    private long[] MeasureShape(TokenBatch batch) => RunSmall(batch, output => output.GetTensorTypeAndShape().Shape);

    private T RunSmall<T>(TokenBatch batch, Func<OrtValue, T> read)
    {
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(batch, CancellationToken.None);
            return read(results[0]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new SpladeModelException($"The model fails on a small text. Export it again with a dynamic batch and length. {e.Message}", path, e);
        }
    }

    // A run's output is one block of memory with an int for its length.
    private void RequireRoom(int width)
    {
        int tokens = int.MaxValue / sizeof(float) / width;
        if (session.Output.Contract == OutputContract.TokenRows && settings.MaxTokens > tokens)
        {
            throw new SpladeModelException(
                $"A text of {settings.MaxTokens} tokens with {width} numbers for each is more than the 2 GB that one run may give. "
                + $"Set MaxTokens to at most {tokens}.",
                path);
        }
    }

    // A head may be wider than the vocabulary; narrower, it is that of another model, or none.
    private void RequireWidth(int? found, int? expected, int? least)
    {
        if (found is not null && expected is not null && (least is null ? found != expected : found < least))
        {
            throw new SpladeModelException(
                $"Output '{session.Output.Names[0]}' has rows of {found} numbers, expected {least ?? expected}, "
                + (reduction.IsOfLabels
                    ? $"one for each label of config.json. Either that belongs to another model, or this is an export for another task: {ExportClassifier}."
                    : "one for each entry of the tokenizer's vocabulary. Either tokenizer.json belongs to another model, or this is an export for "
                        + "feature extraction: export the model for the task fill-mask."),
                path);
        }
    }
}
