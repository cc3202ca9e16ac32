using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Splade.AI.Decoding;
using Splade.AI.Pooling;

namespace Splade.AI.Tests.Decoding;

public sealed class VocabularyDecoderTests
{
    private static readonly (int Columns, int Width, int Tokens)[] Shapes =
        [(33, 8, 1), (100, 33, 3), (1000, 64, 20), (513, 128, 7), (700, 131, 50), (300, 384, 12), (64, 770, 5)];

    [KernelFact]
    public void Full_AnyShapeAndPooling_EqualsPoolingOfAllLogits()
    {
        foreach ((int columns, int width, int tokens) in Shapes)
        {
            foreach (LogitPooling pooling in Enum.GetValues<LogitPooling>())
            {
                var random = new RandomDecoder(columns, columns, width);
                using DecoderWeights weights = random.Weights();
                using var decoder = new FullDecoder(weights, pooling);
                float[] hidden = random.Hidden(tokens);
                float[] expected = Reference(weights, hidden, pooling);
                float[] row = Decode(decoder, hidden, columns);
                for (int column = 0; column < columns; column++)
                {
                    Assert.Equal(expected[column], row[column], 2e-5f * Math.Max(1, Math.Abs(expected[column])));
                }
            }
        }
    }

    [KernelFact]
    public void Screened_AnyShapeAndPooling_HasTheBitsOfFull()
    {
        foreach ((int columns, int width, int tokens) in Shapes)
        {
            foreach (LogitPooling pooling in Enum.GetValues<LogitPooling>())
            {
                var random = new RandomDecoder(columns + 1, columns, width);
                DecoderWeights weights = random.Weights();
                using var full = new FullDecoder(weights, pooling);
                using var screened = new ScreenedDecoder(weights, pooling, ScreenScale.Measure(random.Hidden(30), width));
                AssertSamePositive(full, screened, random.Hidden(tokens), columns);
            }
        }
    }

    [KernelFact]
    public void Screened_HiddenStatesUnlikeTheSample_MissesNothing()
    {
        const int Columns = 400, Width = 96;
        foreach (float factor in new[] { 0f, 1e-20f, 1e-3f, 30f, 1e6f })
        {
            var random = new RandomDecoder(5, Columns, Width);
            DecoderWeights weights = random.Weights();
            using var full = new FullDecoder(weights, LogitPooling.Max);
            using var screened = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(random.Hidden(9), Width));
            float[] hidden = random.Hidden(11);
            TensorPrimitives.Multiply(hidden, factor, hidden);
            AssertSamePositive(full, screened, hidden, Columns);
        }
    }

    [KernelFact]
    public void Screened_TrainedLikeDecoder_LeavesFewCandidates()
    {
        var random = new RandomDecoder(8, 2000, 128);
        using var screened = new ScreenedDecoder(random.Weights(), LogitPooling.Max, ScreenScale.Measure(random.Hidden(80), 128));
        float[] hidden = random.Hidden(10);
        double positive = Decode(screened, hidden, 2000).Count(x => x > 0) / 2000.0;
        Assert.InRange(screened.ShareOfCandidates(new HiddenStates(hidden)), positive, positive + 0.1);
    }

    [KernelFact]
    public void Decode_ManyThreadsAndCallers_SameBits()
    {
        const int Columns = 3000, Width = 48;
        var random = new RandomDecoder(9, Columns, Width);
        using var screened = new ScreenedDecoder(random.Weights(), LogitPooling.Max, ScreenScale.Measure(random.Hidden(50), Width));
        float[][] texts = [.. Enumerable.Range(1, 16).Select(random.Hidden)];
        float[][] alone = [.. texts.Select(t => Decode(screened, t, Columns))];
        Parallel.For(0, 64, i => Assert.Equal(alone[i % 16], Decode(screened, texts[i % 16], Columns, threads: 1 + (i % 3))));
    }

    [KernelFact]
    public void Decode_WeightsThatStayInTheirFile_SameBits()
    {
        const int Columns = 1000, Width = 52;
        var random = new RandomDecoder(10, Columns, Width);
        using var folder = new TemporaryFolder();
        using DecoderWeights copy = random.Weights();
        DecoderWeights weights = InFile(copy, folder);
        Assert.Equal(copy.Rows(0, Columns), weights.Rows(0, Columns));
        using var full = new FullDecoder(copy, LogitPooling.Max);
        using var fromFile = new FullDecoder(weights, LogitPooling.Max);
        using var screened = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(random.Hidden(50), Width));
        float[] hidden = random.Hidden(17);
        Assert.Equal(Decode(full, hidden, Columns), Decode(fromFile, hidden, Columns));
        AssertSamePositive(full, screened, hidden, Columns);
        float[] mapped = Decode(screened, hidden, Columns);

        // What another process puts in its place is another file.
        weights.Unmap();
        File.Move(folder.Write("other", [1]), folder.PathOf("weights"), overwrite: true);
        Assert.Equal(mapped, Decode(screened, hidden, Columns));
        Assert.Equal(mapped, Decode(screened, hidden, Columns, threads: 3));
    }

    [KernelFact]
    public void Decode_FileThatWasCutShort_SaysSo()
    {
        const int Columns = 1000, Width = 48;
        var random = new RandomDecoder(11, Columns, Width);
        using var folder = new TemporaryFolder();
        using DecoderWeights copy = random.Weights();
        DecoderWeights weights = InFile(copy, folder);
        using var screened = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(random.Hidden(50), Width));
        weights.Unmap();
        using (var file = new FileStream(folder.PathOf("weights"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(100);
        }

        foreach (int threads in new[] { 1, 3 })
        {
            var error = Assert.Throws<SpladeModelException>(() => Decode(screened, random.Hidden(9), Columns, threads));
            Assert.Contains("was cut short while the model was in use", error.Message, StringComparison.Ordinal);
            Assert.Equal(folder.PathOf("weights"), error.Path);
        }
    }

    // Files align nothing.
    private static DecoderWeights InFile(DecoderWeights copy, TemporaryFolder folder)
    {
        string path = folder.Write("weights", [1, 2, 3, .. MemoryMarshal.AsBytes(copy.Rows(0, copy.Columns))]);
        return new DecoderWeights(copy.Bias, new FileNumbers(File.OpenHandle(path, share: FileShare.ReadWrite), path, 3, (long)copy.Columns * copy.Width));
    }

    private static void AssertSamePositive(IVocabularyDecoder full, IVocabularyDecoder screened, float[] hidden, int columns)
    {
        float[] expected = Decode(full, hidden, columns), actual = Decode(screened, hidden, columns);
        for (int column = 0; column < columns; column++)
        {
            Assert.Equal(Math.Max(0, expected[column]), Math.Max(0, actual[column]));
        }
    }

    private static float[] Decode(IVocabularyDecoder decoder, float[] hidden, int columns, int threads = 1)
    {
        float[] row = new float[columns];
        decoder.Decode(new HiddenStates(hidden), row, threads);
        return row;
    }

    private static float[] Reference(DecoderWeights weights, float[] hidden, LogitPooling pooling)
    {
        int tokens = hidden.Length / weights.Width;
        float[] logits = new float[tokens * weights.Columns], row = new float[weights.Columns];
        for (int i = 0; i < logits.Length; i++)
        {
            (int token, int column) = Math.DivRem(i, weights.Columns);
            logits[i] = TensorPrimitives.Dot(hidden.AsSpan(token * weights.Width, weights.Width), weights.Row(column)) + weights.Bias[column];
        }

        TokenReducer.Reduce(new TokenReduction(pooling), logits, row);
        return row;
    }
}
