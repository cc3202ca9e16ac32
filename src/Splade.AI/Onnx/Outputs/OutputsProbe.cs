using Splade.AI.Decoding;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Outputs;

/// <summary>Tries a session out on two small texts of different lengths: shapes that its file leaves open show, and whether texts change each other.</summary>
internal sealed class OutputsProbe(OnnxSessions sessions, Tokenizer tokenizer, int padTokenId, string path)
{
    private readonly ProbeTexts _texts = new(tokenizer);

    /// <summary>The outputs as the model has them.</summary>
    /// <exception cref="SpladeModelException">One has another shape than is expected.</exception>
    public ReadOutput[] Resolve(IReadOnlyList<ReadOutput> expected)
    {
        long[][] first = ShapesOf(_texts.Short), second = ShapesOf(_texts.Longer);
        return [.. expected.Select((output, i) => Resolve(output, first[i], second[i]))];
    }

    /// <summary>Whether a text gives the same alone and in company.</summary>
    public bool IsBatchInvariant(IReadOnlyList<ReadOutput> outputs)
    {
        float[][] alone = Run(outputs, _texts.Short)[0], longerAlone = Run(outputs, _texts.Longer)[0];
        float[][][] together = Run(outputs, _texts.Short, _texts.Longer);
        return IsSame(alone, together[0]) && IsSame(longerAlone, together[1]);
    }

    private float[][][] Run(IReadOnlyList<ReadOutput> outputs, params int[][] texts) => OutputsReading.Run(
        sessions, outputs, text => Numbers(text, outputs), new TokenBatch(texts, padTokenId), RunLoad.Lone, CancellationToken.None);

    private long[][] ShapesOf(int[] text) => sessions.Run(
        new TokenBatch([text], padTokenId),
        RunLoad.Lone,
        outputs => outputs.Select(o => o.GetTensorTypeAndShape().Shape).ToArray(),
        CancellationToken.None);

    private ReadOutput Resolve(ReadOutput output, long[] first, long[] second)
    {
        bool follows = first.Length > 1 && first[1] == _texts.Short.Length && second[1] == _texts.Longer.Length;
        bool stays = first.Length == 2 && first[1] == second[1];
        OutputKind kind = output.Kind == OutputKind.TokensOrText ? follows ? OutputKind.Tokens : OutputKind.Text : output.Kind;
        (bool fits, long width, string shape) = kind switch
        {
            OutputKind.Tokens => (follows && first.Length is 2 or 3, first.Length == 3 ? first[2] : 1, "[1, tokens, width] or [1, tokens]"),
            OutputKind.Text => (stays, first[^1], "[1, width]"),
            _ => (first.Length == 4 && first[2] == _texts.Short.Length && first[3] == _texts.Short.Length, first.Length > 1 ? first[1] : 0, "[1, heads, tokens, tokens]"),
        };
        return fits && (output.Width is null || output.Width == width)
            ? new ReadOutput(output.Name, kind, (int)width)
            : throw new SpladeModelException(
                $"Output '{output.Name}' has the shape [{string.Join(", ", first)}] for a text of {_texts.Short.Length} tokens and [{string.Join(", ", second)}] for "
                + $"one of {_texts.Longer.Length}, expected {shape}{(output.Width is int wanted ? $", where width or heads are {wanted}" : "")}. "
                + "Export the model again with a dynamic batch and length, and check that the files of the folder belong together.", path);
    }

    private static float[][] Numbers(TextOutputs text, IReadOnlyList<ReadOutput> outputs)
    {
        float[][] numbers = new float[outputs.Count][];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = outputs[i].Kind switch
            {
                OutputKind.Tokens => text.OfTokens(i).ToArray(),
                OutputKind.Text => text.OfText(i).ToArray(),
                _ => text.OfFirstToken(i, head: 0).ToArray(),
            };
        }

        return numbers;
    }

    private static bool IsSame(float[][] first, float[][] second) => first.Zip(second).All(pair =>
    {
        float largest = RowMath.LargestMagnitude(pair.First);
        return pair.First.Zip(pair.Second).All(numbers => MathF.Abs(numbers.First - numbers.Second) <= ProbeTexts.Rounding * largest);
    });
}
