using System.Numerics.Tensors;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class ModelRewriterTests
{
    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void CutBeforeDecoder_TimesWeightsPlusBias_EqualsTheLogits(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = vocabularyRows;
        string path = FixtureModels.PathOf(model);
        using OnnxFile file = OnnxFile.Open(path);
        Decoder decoder = DecoderFinder.Find(file, vocabulary).Decoder!;
        using TestRuntime plain = TestRuntime.Load(path), cut = TestRuntime.Load(new ModelRewriter(file, decoder).CutBeforeDecoder());
        var weights = new DecoderReader(file, decoder);
        float[] bias = weights.ReadBias();

        // Some rows from the middle, and the last.
        (int First, int Count)[] ranges = [(1234, 50), (vocabulary - 1, 1)];
        foreach (TokenBatch batch in TokenBatches.All)
        {
            float[] logits = plain.Run(batch), states = cut.Run(batch);
            Assert.Equal(batch.Rows * batch.Length * hidden, states.Length);
            foreach ((int first, int count) in ranges)
            {
                float[] rows = new float[count * hidden];
                weights.ReadRows(first, rows);
                AssertLogits(logits, states, rows, bias, first);
            }
        }

        void AssertLogits(float[] logits, float[] states, float[] rows, float[] bias, int first)
        {
            for (int token = 0; token < states.Length / hidden; token++)
            {
                for (int i = 0; i < rows.Length / hidden; i++)
                {
                    float logit = bias[first + i] + TensorPrimitives.Dot<float>(states.AsSpan(token * hidden, hidden), rows.AsSpan(i * hidden, hidden));
                    Assert.Equal(logits[(token * vocabulary) + first + i], logit, 1e-4f * Math.Max(1, Math.Abs(logit)));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void TileMaxPooling_PaddedBatches_EqualsTheMaximaOfTheLogits(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = (hidden, vocabularyRows);
        string path = FixtureModels.PathOf(model);
        using TestRuntime plain = TestRuntime.Load(path), tiled = TestRuntime.Load(Rewrite(path, vocabulary, r => r.TileMaxPooling()));
        foreach (TokenBatch batch in TokenBatches.All)
        {
            Pooled.AssertSame(Pooled.Max(plain.Run(batch), batch, vocabulary), tiled.Run(batch), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void TileSumPooling_PaddedBatches_EqualsTheSumsOfTheLogits(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        string path = FixtureModels.PathOf(model);
        using TestRuntime plain = TestRuntime.Load(path);
        using TestRuntime tiled = TestRuntime.Load(Rewrite(path, vocabulary, r => r.TileSumPooling(columnsPerTile: 700, twice: vocabularyRows)));
        _ = hidden;
        foreach (TokenBatch batch in TokenBatches.All)
        {
            Pooled.AssertSame(Pooled.Sum(plain.Run(batch), batch, vocabulary, twice: vocabularyRows), tiled.Run(batch), 1e-5);
        }
    }

    [Theory]
    [InlineData(97)]
    [InlineData(2999)]
    [InlineData(3000)]
    [InlineData(int.MaxValue / 2)]
    public void TileMaxPooling_AnyTileWidth_GivesTheSame(int columnsPerTile)
    {
        string path = FixtureModels.PathOf(FixtureModels.Small);
        using TestRuntime plain = TestRuntime.Load(path), tiled = TestRuntime.Load(Rewrite(path, 3000, r => r.TileMaxPooling(columnsPerTile)));
        TokenBatch batch = TokenBatches.Random(5, 7, 3);
        Pooled.AssertSame(Pooled.Max(plain.Run(batch), batch, 3000), tiled.Run(batch), 1e-5);
    }

    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void Rewrites_OfAFile_PointToItsTensors(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = (hidden, vocabularyRows);
        string path = FixtureModels.PathOf(model);
        RewrittenModel rewritten = Rewrite(path, vocabulary, r => r.TileMaxPooling());
        Assert.InRange(rewritten.Model.Length, 1, 400_000);
        Assert.Equal(Path.GetDirectoryName(path), rewritten.InitializerFolder);
    }

    [Theory]
    [InlineData("mask", 17, "it has no input attention_mask")]
    [InlineData("attention_mask", 10, "its operators are of version 10, older than 11")]
    [InlineData("attention_mask", 11, null)]
    public void PoolingObstacle_OfAModel_IsSaid(string maskInput, int opset, string? obstacle)
    {
        var graph = new GraphBuilder();
        graph.Input("hidden", OnnxElementType.Float, null, null, 2);
        graph.Input(maskInput, OnnxElementType.Int64, null, null);
        graph.Output(graph.Node("MatMul", ["hidden", graph.Floats("w", [2, 3], new float[6])]), OnnxElementType.Float, null, null, 3);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset), "model.onnx");
        Assert.Equal(obstacle, new ModelRewriter(file, DecoderFinder.Find(file, 3).Decoder!).PoolingObstacle);
    }

    private static RewrittenModel Rewrite(string path, int vocabulary, Func<ModelRewriter, RewrittenModel> rewrite)
    {
        using OnnxFile file = OnnxFile.Open(path);
        var rewriter = new ModelRewriter(file, DecoderFinder.Find(file, vocabulary).Decoder!);
        Assert.Null(rewriter.PoolingObstacle);
        return rewrite(rewriter);
    }
}
