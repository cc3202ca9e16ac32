using System.Numerics.Tensors;
using Splade.AI.Decoding;
using Splade.AI.Pooling;

namespace Splade.AI.Tests.Decoding;

/// <summary>The cascade finds the same positive entries as the obvious way, with the same bits, whatever the numbers.</summary>
public sealed class CascadeTests
{
    private static readonly (int Columns, int Width, int Tokens)[] Shapes = [(33, 64, 1), (100, 96, 3), (1000, 128, 50), (513, 160, 18)];

    [KernelFact]
    public void TryDecode_AnyShape_HasTheBitsOfFull()
    {
        foreach ((int columns, int width, int tokens) in Shapes)
        {
            var random = new RandomDecoder(columns, columns, width);
            using DecoderWeights weights = random.Weights();
            using Cascade cascade = Learn(weights, random.Hidden(100));
            for (int threads = 1; threads <= 3; threads++)
            {
                AssertSame(weights, cascade, random.Hidden(tokens), threads);
            }
        }
    }

    [KernelFact]
    public void TryDecode_TextsUnlikeTheSample_MissesNothing()
    {
        const int Columns = 300, Width = 64;
        var random = new RandomDecoder(3, Columns, Width);
        using DecoderWeights weights = random.Weights();
        using Cascade cascade = Learn(weights, random.Hidden(80));
        foreach (float factor in new[] { 0f, 1e-3f, 1f, 30f, 1e6f })
        {
            float[] hidden = random.Hidden(11);
            TensorPrimitives.Multiply(hidden, factor, hidden);
            AssertSame(weights, cascade, hidden);
            hidden.AsSpan(Width, 3 * Width).Clear();
            AssertSame(weights, cascade, hidden);
            for (int at = Width; at < hidden.Length; at += Width)
            {
                hidden.AsSpan(0, Width).CopyTo(hidden.AsSpan(at));
            }

            AssertSame(weights, cascade, hidden);
        }
    }

    [KernelFact]
    public void TryDecode_NumbersBeyondTheBound_LeavesThemToOthers()
    {
        var random = new RandomDecoder(4, 100, 64);
        using DecoderWeights weights = random.Weights();
        using Cascade cascade = Learn(weights, random.Hidden(80));
        foreach (float number in new[] { 1e20f, float.MaxValue })
        {
            float[] hidden = random.Hidden(5), row = [.. Enumerable.Repeat(7f, 100)];
            hidden[70] = number;
            Assert.False(cascade.TryDecode(new HiddenStates(hidden), row, threads: 1));
            Assert.All(row, x => Assert.Equal(7, x));
        }
    }

    [KernelFact]
    public void TryDecode_AllMayBePositive_HasTheBitsOfFull()
    {
        var random = new RandomDecoder(5, 200, 96);
        using DecoderWeights weights = random.Weights();
        Array.Fill(weights.Bias, 2);
        using Cascade cascade = Learn(weights, random.Hidden(80));
        AssertSame(weights, cascade, random.Hidden(9));
    }

    [KernelFact]
    public void TryDecode_WeightsOfNothingAndOfTooMuch_HasTheBitsOfFull()
    {
        const int Width = 64;
        var random = new RandomDecoder(6, 100, Width);
        using DecoderWeights weights = random.Weights();
        for (int column = 0; column < 100; column += 5)
        {
            float factor = column % 3 == 0 ? 0 : MathF.Pow(10, column - 30);
            Span<float> row = new float[Width];
            TensorPrimitives.Multiply(weights.Row(column), factor, row);
            Write(weights, column, row);
        }

        float[] ordinary = [.. random.Hidden(80)];
        using var basisWeights = new RandomDecoder(6, 100, Width).Weights();
        CascadeBasis basis = CascadeBasis.Learn(ordinary, basisWeights)!;
        using var cascade = new Cascade(weights, basis, () => true);
        AssertSame(weights, cascade, random.Hidden(9));
    }

    // Each bias takes the largest logit to nothing, or to the next number above it: only a bound that is one finds those.
    [KernelFact]
    public void TryDecode_LogitsPositiveByTheLastBit_MissesNothing()
    {
        int positive = 0, learnt = 0;
        foreach (int seed in Enumerable.Range(0, Trials.Of(20, slow: 2000)))
        {
            var random = new Random(seed);
            int width = 64 + (32 * random.Next(4)), tokens = 1 + random.Next(9);
            float[] hidden = Numbers(random, tokens, width), sample = random.Next(2) == 0 ? hidden : Numbers(random, 200, width);
            using DecoderWeights weights = OnTheEdge(random, hidden, width);
            if (CascadeBasis.Learn(sample, weights) is not CascadeBasis basis)
            {
                continue;
            }

            using var cascade = new Cascade(weights, basis, () => true);
            learnt++;
            positive += cascade.TryDecode(new HiddenStates(hidden), new float[weights.Columns], threads: 1) ? AssertSame(weights, cascade, hidden) : 0;
        }

        Assert.InRange(learnt, Trials.Of(13, slow: 1300), int.MaxValue);
        Assert.InRange(positive, Trials.Of(150, slow: 15_000), int.MaxValue);
    }

    // Where a weight lies along a token in all that is left after a stage, the bound is no more than the logit: whatever is taken from it loses an entry.
    [KernelFact]
    public void TryDecode_WeightsAlongTheRestOfAToken_MissesNothing()
    {
        int positive = 0;
        foreach (int seed in Enumerable.Range(0, Trials.Of(12, slow: 600)))
        {
            var random = new Random(seed);
            int width = 64 + (64 * random.Next(2));
            float[] hidden = seed % 2 == 0 ? LowRank(1 + random.Next(5), width, seed) : new RandomDecoder(seed, 10, width).Hidden(1 + random.Next(5));
            using DecoderWeights others = new RandomDecoder(seed, 200, width).Weights();
            CascadeBasis basis = CascadeBasis.Learn(seed % 2 == 0 ? LowRank(300, width, seed + 1) : new RandomDecoder(seed + 1, 10, width).Hidden(300), others)!;
            using DecoderWeights weights = AlongTheRests(basis, hidden, width);
            using var cascade = new Cascade(weights, basis, () => true);
            positive += AssertSame(weights, cascade, hidden);
        }

        Assert.InRange(positive, Trials.Of(80, slow: 4000), int.MaxValue);
    }

    [KernelFact]
    public void TryDecode_ManyCallers_SameBits()
    {
        const int Columns = 2000, Width = 64;
        var random = new RandomDecoder(9, Columns, Width);
        using DecoderWeights weights = random.Weights();
        using Cascade cascade = Learn(weights, random.Hidden(100));
        float[][] texts = [.. Enumerable.Range(1, 16).Select(i => random.Hidden(3 * i))];
        float[][] alone = [.. texts.Select(t => Decode(cascade, t, Columns, threads: 1))];
        Parallel.For(0, 64, i => Assert.Equal(alone[i % 16], Decode(cascade, texts[i % 16], Columns, threads: 1 + (i % 3))));
    }

    [KernelFact]
    public void Learn_SampleThatSaysNothing_GivesNoBasis()
    {
        var random = new RandomDecoder(10, 100, 64);
        using DecoderWeights weights = random.Weights();
        float[] equal = [.. Enumerable.Repeat(random.Hidden(1), 50).SelectMany(x => x)];
        Assert.Null(CascadeBasis.Learn(new float[50 * 64], weights));
        Assert.Null(CascadeBasis.Learn(equal, weights));
    }

    [KernelFact]
    public void Learn_HiddenStatesOfFewDimensions_LeavesMostProducts()
    {
        const int Columns = 2000, Width = 128;
        using DecoderWeights weights = new RandomDecoder(11, Columns, Width).Weights();
        using Cascade cascade = Learn(weights, LowRank(400, Width, seed: 1));
        AssertSame(weights, cascade, LowRank(40, Width, seed: 2));
        Assert.InRange(cascade.ShareOfProducts, 0.2, 0.4);
    }

    [KernelFact]
    public void Learner_TextsOfFewDimensions_UsesItAfterEnough()
    {
        const int Columns = 1000, Width = 64;
        (bool Used, double Share)? told = null;
        DecoderWeights weights = new RandomDecoder(12, Columns, Width).Weights();
        using var decoder = new ScreenedDecoder(weights, LogitPooling.Max, ScreenScale.Measure(LowRank(50, Width, seed: 3), Width))
        {
            Learner = new CascadeLearner(weights, (used, share) => told = (used, share)),
        };
        float[] text = LowRank(100, Width, seed: 4);
        float[] before = Decode(decoder, text, Columns);
        for (int i = 1; i < 30 && decoder.Learner.Learnt is null; i++)
        {
            Decode(decoder, LowRank(100, Width, seed: 4 + i), Columns);
            decoder.Learner.Wait();
        }

        Assert.NotNull(decoder.Learner.Learnt);
        Assert.True(told!.Value.Used);
        Assert.InRange(told.Value.Share, 0.2, 0.7);
        Assert.Equal(before.Select(x => Math.Max(0, x)), Decode(decoder, text, Columns).Select(x => Math.Max(0, x)));
    }

    [KernelFact]
    public void Learner_TextsOfAllDimensions_DoesNotUseIt()
    {
        const int Columns = 500, Width = 64;
        (bool Used, double Share)? told = null;
        var random = new RandomDecoder(13, Columns, Width);
        using DecoderWeights weights = random.Weights();
        using var learner = new CascadeLearner(weights, (used, share) => told = (used, share));
        for (int i = 0; i < 10; i++)
        {
            learner.Add(new HiddenStates(random.Hidden(256)));
        }

        learner.Wait();
        Assert.Null(learner.Learnt);
        Assert.False(told!.Value.Used);
        Assert.InRange(told.Value.Share, 0.7, 1);
    }

    [KernelFact]
    public void Learner_TheSameTextsAndShortOnes_LearnsNothing()
    {
        const int Width = 64;
        using DecoderWeights weights = new RandomDecoder(16, 100, Width).Weights();
        using var learner = new CascadeLearner(weights, (_, _) => Assert.Fail("It learnt."));
        float[] text = LowRank(300, Width, seed: 60);
        for (int i = 0; i < 100; i++)
        {
            learner.Add(new HiddenStates(text));
            learner.Add(new HiddenStates(LowRank(Cascade.LeastTokens - 1, Width, seed: 61 + i)));
        }

        learner.Wait();
        Assert.Null(learner.Learnt);
    }

    [KernelFact]
    public void PaysOff_TextsThatAreNothingLikeTheFirst_NoMore()
    {
        const int Columns = 100, Width = 64;
        var random = new RandomDecoder(15, Columns, Width);
        using DecoderWeights weights = random.Weights();
        using Cascade cascade = Learn(weights, LowRank(200, Width, seed: 6));
        float[] row = new float[Columns], ordinary = LowRank(3000, Width, seed: 7), other = random.Hidden(300);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(cascade.TryDecode(new HiddenStates(ordinary), row, threads: 1) && cascade.PaysOff);
        }

        for (int i = 0; i < 90; i++)
        {
            Assert.True(cascade.TryDecode(new HiddenStates(other), row, threads: 1));
        }

        Assert.False(cascade.PaysOff);
    }

    [KernelFact]
    public void Dispose_WhileItLearns_Ends()
    {
        using DecoderWeights weights = new RandomDecoder(14, 3000, 128).Weights();
        using var learner = new CascadeLearner(weights, (_, _) => { });
        for (int i = 0; i < 10; i++)
        {
            learner.Add(new HiddenStates(LowRank(256, 128, seed: 50 + i)));
        }
    }

    private static Cascade Learn(DecoderWeights weights, float[] sample) =>
        new(weights, CascadeBasis.Learn(sample, weights) ?? throw new InvalidOperationException("No basis."), () => true);

    private static int AssertSame(DecoderWeights weights, Cascade cascade, float[] hidden, int threads = 1)
    {
        using var full = new FullDecoder(weights, LogitPooling.Max);
        float[] expected = new float[weights.Columns];
        full.Decode(new HiddenStates(hidden), expected, threads: 1);
        Assert.Equal(expected.Select(x => Math.Max(0, x)), Decode(cascade, hidden, weights.Columns, threads));
        return expected.Count(x => x > 0);
    }

    private static float[] Decode(Cascade cascade, float[] hidden, int columns, int threads)
    {
        float[] row = [.. Enumerable.Repeat(-1f, columns)];
        Assert.True(cascade.TryDecode(new HiddenStates(hidden), row, threads));
        return row;
    }

    private static float[] Decode(ScreenedDecoder decoder, float[] hidden, int columns)
    {
        float[] row = new float[columns];
        decoder.Decode(new HiddenStates(hidden), row, threads: 1);
        return row;
    }

    // For each token and stage a weight that is the token in the dimensions after the stage, and nothing in those before; its logit is positive by the last bit.
    private static DecoderWeights AlongTheRests(CascadeBasis basis, float[] hidden, int width)
    {
        var rows = new List<float>();
        for (int at = 0; at < hidden.Length; at += width)
        {
            float[] centred = new float[width];
            TensorPrimitives.Subtract(hidden.AsSpan(at, width), basis.Centre, centred);
            for (int stage = 0; stage < CascadeStages.Count; stage++)
            {
                float[] row = new float[width];
                for (int j = CascadeStages.End(width, stage - 1); j < width; j++)
                {
                    ReadOnlySpan<float> column = basis.HiddenColumns.AsSpan(j * width, width);
                    TensorPrimitives.MultiplyAdd(column, TensorPrimitives.Dot<float>(centred, column), row, row);
                }

                rows.AddRange(row);
            }
        }

        var buffer = new AlignedBuffer<float>(rows.Count);
        rows.CopyTo(buffer.Span(0, rows.Count));
        return OnTheEdge(buffer, rows.Count / width, hidden, _ => true);
    }

    private static DecoderWeights OnTheEdge(Random random, float[] hidden, int width)
    {
        const int Columns = 40;
        var rows = new AlignedBuffer<float>((nint)Columns * width);
        Numbers(random, Columns, width).CopyTo(rows.Span(0, Columns * width));
        return OnTheEdge(rows, Columns, hidden, _ => random.Next(4) != 0);
    }

    private static DecoderWeights OnTheEdge(AlignedBuffer<float> rows, int columns, float[] hidden, Func<int, bool> isPositive)
    {
        var weights = new DecoderWeights(new float[columns], rows);
        float[] products = new float[columns];
        using (var full = new FullDecoder(weights, LogitPooling.Max))
        {
            full.Decode(new HiddenStates(hidden), products, threads: 1);
        }

        for (int column = 0; column < columns; column++)
        {
            weights.Bias[column] = isPositive(column) ? MathF.BitIncrement(-products[column]) : -products[column];
        }

        return weights;
    }

    // Of any size, with dimensions of any size, far from zero or about it, few values or many.
    private static float[] Numbers(Random random, int rows, int width)
    {
        float scale = MathF.Pow(10, random.Next(-6, 7)), shift = random.Next(3) == 0 ? 100 * random.NextSingle() : 0;
        int kind = random.Next(4);
        float[] each = [.. Enumerable.Range(0, width).Select(_ => random.Next(2) == 0 ? 1 : MathF.Pow(10, random.Next(-3, 3)))];
        return [.. Enumerable.Range(0, rows * width).Select(i => scale * each[i % width] * (shift + kind switch
        {
            0 => random.Next(2) == 0 ? 1 : -1,
            1 => MathF.Tan(1.5f * ((2 * random.NextSingle()) - 1)),
            2 => i % 2 == 0 ? 7 : random.NextSingle() - 0.5f,
            _ => (2 * random.NextSingle()) - 1,
        }))];
    }

    // A few dimensions of their own, and a little of all others.
    private static float[] LowRank(int tokens, int width, int seed)
    {
        const int Rank = 8;
        Random directions = new(0), random = new(seed);
        float[] basis = [.. Enumerable.Range(0, Rank * width).Select(_ => directions.NextSingle() - 0.5f)];
        float[] hidden = [.. Enumerable.Range(0, tokens * width).Select(_ => 0.02f * (random.NextSingle() - 0.5f))];
        for (int token = 0; token < tokens; token++)
        {
            for (int i = 0; i < Rank; i++)
            {
                Span<float> row = hidden.AsSpan(token * width, width);
                TensorPrimitives.MultiplyAdd(basis.AsSpan(i * width, width), 3 * (random.NextSingle() - 0.5f), row, row);
            }
        }

        return hidden;
    }

    private static unsafe void Write(DecoderWeights weights, int column, ReadOnlySpan<float> row) =>
        row.CopyTo(new Span<float>(weights.Pointer + ((nint)column * weights.Width), weights.Width));
}
