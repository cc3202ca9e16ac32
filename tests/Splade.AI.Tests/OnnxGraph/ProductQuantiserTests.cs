using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class ProductQuantiserTests
{
    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void CutAndQuantise_OneText_GivesNearlyTheSameHiddenStates(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = vocabularyRows;
        (RewrittenModel exactModel, RewrittenModel? fastModel) = Rewrite(model, vocabulary);
        using TestRuntime exact = TestRuntime.Load(exactModel), fast = TestRuntime.Load(fastModel!);
        for (int seed = 1; seed <= Trials.Of(2, slow: 5); seed++)
        {
            TokenBatch batch = TokenBatches.Random(seed, 20 * seed);
            float[] wanted = exact.Run(batch), found = fast.Run(batch);
            Assert.NotEqual(wanted, found);
            for (int i = 0; i < wanted.Length; i += hidden)
            {
                float cosine = TensorPrimitives.CosineSimilarity<float>(wanted.AsSpan(i, hidden), found.AsSpan(i, hidden));
                Assert.True(cosine > 0.995f, $"token {i / hidden} of text {seed}: {cosine}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void CutAndQuantise_LoadedByOnnxRuntime_IsFused(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        _ = (hidden, vocabularyRows);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("splade-tests-");
        try
        {
            RewrittenModel fast = Rewrite(model, vocabulary).Fast!;
            string path = Path.Combine(folder.FullName, "optimised.onnx");
            OnnxRuntimeStart.Ensure();
            using var options = new SessionOptions { OptimizedModelFilePath = path, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", fast.InitializerFolder);
            using (new InferenceSession(fast.Model, options))
            {
                using OnnxFile optimised = OnnxFile.Open(path);
                using OnnxFile written = OnnxFile.Parse(fast.Model, FixtureModels.PathOf(model));
                Assert.Equal(
                    written.Nodes.Count(n => n.Is("MatMulInteger")),
                    optimised.Nodes.Count(n => n.OpType is "DynamicQuantizeMatMul" or "MatMulIntegerToFloat"));
                Assert.DoesNotContain(optimised.Nodes, n => n.OpType == "MatMulInteger");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void CutAndQuantise_ProductsWithOneInput_ShareItsIntegers()
    {
        using OnnxFile fast = OnnxFile.Parse(Rewrite(FixtureModels.Small, 3000).Fast!.Model, FixtureModels.PathOf(FixtureModels.Small));
        int products = fast.Nodes.Count(n => n.Is("MatMulInteger")), inputs = fast.Nodes.Count(n => n.Is("DynamicQuantizeLinear"));

        // Queries, keys and values of each of the two layers.
        Assert.Equal(products - 4, inputs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void CutAndQuantise_Gemm_IsItsProductAndBias(int transB)
    {
        float[] weight = transB == 0 ? [1, 2, 3, 4, 5, 6] : [1, 4, 2, 5, 3, 6];
        var graph = new GraphBuilder();
        graph.Input("input_ids", OnnxElementType.Int64, null, null);
        string column = graph.Node("Reshape", [graph.Node("Cast", ["input_ids"], NodeAttribute.Int("to", 1)), graph.Integers(-1, 1)]);
        string pair = graph.Node("Concat", [column, graph.Node("Neg", [column])], NodeAttribute.Int("axis", 1));
        string linear = graph.Node(
            "Gemm", [pair, graph.Floats("w", transB == 0 ? [2, 3] : [3, 2], weight), graph.Floats("b", [3], [10, 20, 30])], NodeAttribute.Int("transB", transB));
        string hidden = graph.Node("Reshape", [linear, graph.Integers(1, -1, 3)]);
        graph.Output(graph.Node("MatMul", [hidden, graph.Floats("decoder", [3, 4], new float[12])]), OnnxElementType.Float, null, null, 4);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), FixtureModels.PathOf(FixtureModels.Small));
        using TestRuntime fast = TestRuntime.Load(new ModelRewriter(file, DecoderFinder.Find(file, 4).Decoder!).CutAndQuantise()!);

        float[] found = fast.Run(new TokenBatch([[5, 100]], padTokenId: 0));

        // Each text (x, -x) gives x * (row 1 - row 2) + bias.
        float[] wanted = [(5 * -3) + 10, (5 * -3) + 20, (5 * -3) + 30, -300 + 10, -300 + 20, -300 + 30];
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 5f));
    }

    [Fact]
    public void CutAndQuantise_NothingToQuantise_IsNull()
    {
        var graph = new GraphBuilder();
        graph.Input("hidden", OnnxElementType.Float, null, null, 2);
        graph.Output(graph.Node("MatMul", ["hidden", graph.Floats("w", [2, 3], new float[6])]), OnnxElementType.Float, null, null, 3);
        using OnnxFile file = OnnxFile.Parse(graph.ToModel(opset: 17), "model.onnx");
        Assert.Null(new ModelRewriter(file, DecoderFinder.Find(file, 3).Decoder!).CutAndQuantise());
    }

    [Fact]
    public void CutAndQuantise_OfAFile_CarriesIntegersAndPointsToTheRest()
    {
        RewrittenModel fast = Rewrite(FixtureModels.SpladeTiny, 30522).Fast!;

        // The encoder has 410 thousand weights, the embeddings four million.
        Assert.InRange(fast.Model.Length, 410_000, 550_000);
    }

    private static (RewrittenModel Exact, RewrittenModel? Fast) Rewrite(string model, int vocabulary)
    {
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(model));
        var rewriter = new ModelRewriter(file, DecoderFinder.Find(file, vocabulary).Decoder!);
        return (rewriter.CutBeforeDecoder(), rewriter.CutAndQuantise());
    }
}
