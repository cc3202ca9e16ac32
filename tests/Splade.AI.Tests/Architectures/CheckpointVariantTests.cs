using Splade.AI.Architectures;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Architectures;

/// <summary>Checkpoints whose biases are not 0 and whose norms are not 1, and other ways in which weights are stored.</summary>
public sealed class CheckpointVariantTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("nonzero-bert", "sum")]
    [InlineData("nonzero-distilbert", "max twice")]
    [InlineData("nonzero-roberta", "max")]
    [InlineData("nonzero-xlmr", "max")]
    [InlineData("nonzero-modernbert", "max")]
    [InlineData("bert-gamma-beta", "sum")]
    [InlineData("decoder-kept", "sum")]
    [InlineData("decoder-untied", "sum")]
    [InlineData("float16", "max twice")]
    [InlineData("bfloat16", "max twice")]
    public void Write_SparseVariant_GivesItsReferenceVectors(string folder, string pooling)
    {
        IReadOnlyList<CheckpointVariant> lines = CheckpointVariant.Read(folder);
        using TestRuntime runtime = FixtureGraph.Load(FixtureGraph.Write($"checkpoint-variants/{folder}", GraphTask.MaskedLanguageModel));
        foreach (TokenBatch batch in BatchesOf(lines))
        {
            float[] logits = runtime.Run(batch);
            int vocabulary = logits.Length / batch.Rows / batch.Length;
            float[] rows = [.. Pool(logits, batch, vocabulary, pooling).Select(v => (float)v)];
            for (int i = 0; i < batch.Rows; i++)
            {
                AssertSame(LineOf(lines, batch, i), rows.AsSpan(i * vocabulary, vocabulary));
            }
        }
    }

    [Theory]
    [InlineData("dense-mean", true)]
    [InlineData("dense-cls", false)]
    [InlineData("dense-mean-prefixed", true)]
    public void Write_DenseVariant_GivesItsReferenceVectors(string folder, bool isMean)
    {
        IReadOnlyList<CheckpointVariant> lines = CheckpointVariant.Read(folder);
        using TestRuntime runtime = FixtureGraph.Load(FixtureGraph.Write($"checkpoint-variants/{folder}", GraphTask.Encoder));
        foreach (TokenBatch batch in BatchesOf(lines))
        {
            float[] hidden = runtime.Run(batch);
            for (int i = 0; i < batch.Rows; i++)
            {
                CheckpointVariant line = LineOf(lines, batch, i);
                int width = line.Vector.Length;
                int tokens = isMean ? batch.Lengths[i] : 1;
                double[] sum = [.. Enumerable.Range(0, width)
                    .Select(h => Enumerable.Range(0, tokens).Sum(t => (double)hidden[(((i * batch.Length) + t) * width) + h]))];
                double length = Math.Sqrt(sum.Sum(v => v * v));
                Pooled.AssertSame([.. line.Vector.Select(v => (double)v)], [.. sum.Select(v => (float)(v / length))], 1e-5);
            }
        }
    }

    private static IEnumerable<TokenBatch> BatchesOf(IReadOnlyList<CheckpointVariant> lines) =>
        lines.Chunk(1).Append([.. lines]).Select(texts => new TokenBatch([.. texts.Select(t => t.Ids)], padTokenId: 1));

    private static CheckpointVariant LineOf(IReadOnlyList<CheckpointVariant> lines, TokenBatch batch, int row)
    {
        int[] ids = [.. batch.Ids.AsSpan(row * batch.Length, batch.Lengths[row]).ToArray().Select(id => (int)id)];
        return lines.First(line => line.Ids.SequenceEqual(ids));
    }

    private static double[] Pool(float[] logits, TokenBatch batch, int vocabulary, string pooling) => pooling switch
    {
        "sum" => Pooled.Sum(logits, batch, vocabulary, twice: false),
        "max" => [.. Pooled.Max(logits, batch, vocabulary).Select(Saturated)],
        _ => [.. Pooled.Max(logits, batch, vocabulary).Select(Saturated).Select(Saturated)],
    };

    private static double Saturated(double logit) => Math.Log(1 + Math.Max(0, logit));

    private static void AssertSame(CheckpointVariant expected, ReadOnlySpan<float> row)
    {
        var wanted = new float[row.Length];
        foreach ((int index, float value) in expected.Indices.Zip(expected.Values))
        {
            wanted[index] = value;
        }

        Pooled.AssertSame([.. wanted.Select(v => (double)v)], row.ToArray(), Tolerance);
    }
}
