using Splade.AI.Architectures;
using Splade.AI.OnnxGraph;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Architectures;

public sealed class ModelGraphTests
{
    private const double Tolerance = 2e-5;

    public static TheoryData<string, int> MaskedModels => new()
    {
        { "random-bert-sum", 3000 },
        { "random-distilbert-cased", 3000 },
        { "random-roberta-bpe", 3000 },
        { "random-xlmr-unigram", 2992 },
        { "random-modernbert-bpe", 3000 },
        { "inference-free-idf/document_0_Transformer", 3000 },
    };

    [Theory]
    [MemberData(nameof(MaskedModels))]
    public void Write_MaskedLanguageModel_GivesTheLogitsOfTheExportedFile(string model, int vocabulary) =>
        AssertLikeExported(model, "model.onnx", GraphTask.MaskedLanguageModel, vocabulary);

    [Fact]
    public void Write_Encoder_GivesTheHiddenStateOfTheExportedFile() =>
        AssertLikeExported("random-bge-m3", "contract_hidden_state.onnx", GraphTask.Encoder, width: 32);

    [Theory]
    [InlineData("random-cross-encoder", 1)]
    [InlineData("random-cross-encoder-nli", 3)]
    [InlineData("random-cross-encoder-xlmr", 1)]
    public void Write_SequenceClassification_GivesTheLogitsOfTheExportedFile(string model, int labels) =>
        AssertLikeExported(model, "model.onnx", GraphTask.SequenceClassification, labels);

    [Theory]
    [MemberData(nameof(MaskedModels))]
    public void Write_EncoderOfAMaskedLanguageModel_GivesWhatItsHeadReads(string model, int vocabulary)
    {
        WrittenGraph masked = FixtureGraph.Write(model, GraphTask.MaskedLanguageModel);
        using OnnxFile file = OnnxFile.Parse(masked.Model, Path.Combine(masked.Folder, "model.onnx"));
        WeightProduct transform = WeightProductFinder.Find(file, DecoderFinder.Find(file, vocabulary).Decoder!.HiddenState)[^1];
        using TestRuntime cut = TestRuntime.Load(new GraphEdit(file).Finish(transform.Node.Inputs[0], 32, rank: 3, RewriteSettings.Default));
        using TestRuntime encoder = FixtureGraph.Load(FixtureGraph.Write(model, GraphTask.Encoder));
        TokenBatch batch = TokenBatches.Random(1, 7, 30);
        Pooled.AssertSame([.. cut.Run(batch).Select(v => (double)v)], encoder.Run(batch), Tolerance);
    }

    [Theory]
    [MemberData(nameof(MaskedModels))]
    public void Write_MaskedLanguageModel_HasADecoderAndProductsThatAreFound(string model, int vocabulary)
    {
        WrittenGraph graph = FixtureGraph.Write(model, GraphTask.MaskedLanguageModel);
        using OnnxFile file = OnnxFile.Parse(graph.Model, Path.Combine(graph.Folder, "model.onnx"));
        Decoder decoder = Assert.IsType<Decoder>(DecoderFinder.Find(file, vocabulary).Decoder);
        Assert.InRange(WeightProductFinder.Find(file, decoder.HiddenState).Count, 8, 13);
        TokenBatch batch = TokenBatches.Random(1, 7, 30);
        using TestRuntime plain = FixtureGraph.Load(graph);
        using TestRuntime tiled = TestRuntime.Load(new ModelRewriter(file, decoder).TileMaxPooling());
        Pooled.AssertSame(Pooled.Max(plain.Run(batch), batch, vocabulary), tiled.Run(batch), Tolerance);
    }

    // The fixtures are no deeper than three layers; a layer takes about 5 KB.
    [Theory]
    [MemberData(nameof(MaskedModels))]
    public void Write_AnyModel_IsSmall(string model, int vocabulary)
    {
        _ = vocabulary;
        WrittenGraph graph = FixtureGraph.Write(model, GraphTask.MaskedLanguageModel);
        Assert.InRange(graph.Model.Length, 1_000, 20_000);
        Assert.Equal([Path.Combine(FixtureGraph.Folder(model), "model.safetensors")], graph.Files);
        Assert.Empty(graph.UnknownSettings);
    }

    // As in the Hugging Face cache: ONNX Runtime refuses what lies behind a link that leaves the folder.
    [UnixFact]
    public void Write_WeightsBehindALink_PointsToWhereTheyAre()
    {
        using var folder = new TemporaryFolder();
        string fixture = FixtureGraph.Folder("random-bert-sum");
        string blob = folder.Write("blobs/0a1b", File.ReadAllBytes(Path.Combine(fixture, "model.safetensors")));
        string config = folder.Write("snapshots/main/config.json", File.ReadAllBytes(Path.Combine(fixture, "config.json")));
        File.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(config)!, "model.safetensors"), blob);
        WrittenGraph graph = FixtureGraph.Write(Path.GetDirectoryName(config)!, GraphTask.MaskedLanguageModel, _ => { }, _ => { });
        using TestRuntime plain = FixtureGraph.Load(FixtureGraph.Write("random-bert-sum", GraphTask.MaskedLanguageModel));
        using TestRuntime linked = FixtureGraph.Load(graph);
        TokenBatch batch = TokenBatches.Random(1, 3, 9);
        Assert.Equal(Path.GetDirectoryName(blob), graph.Folder);
        Assert.Equal(plain.Run(batch), linked.Run(batch));
    }

    // Values of padding are nobody's, and nothing reads them.
    private static void AssertLikeExported(string model, string file, GraphTask task, int width)
    {
        using TestRuntime exported = TestRuntime.Load(Path.Combine(FixtureGraph.Folder(model), "onnx", file));
        using TestRuntime written = FixtureGraph.Load(FixtureGraph.Write(model, task));
        foreach (TokenBatch batch in TokenBatches.All.Append(TokenBatches.Random(5, 128, 3, 77)))
        {
            if (task == GraphTask.SequenceClassification && model != "random-cross-encoder-xlmr")
            {
                batch.TypeIds.AsSpan(0, batch.Length / 2).Fill(1);
            }

            Pooled.AssertSame([.. OfTokens(exported.Run(batch), batch, width).Select(v => (double)v)], OfTokens(written.Run(batch), batch, width), Tolerance);
        }
    }

    private static float[] OfTokens(float[] values, TokenBatch batch, int width) => values.Length == batch.Rows * width
        ? values
        : [.. Enumerable.Range(0, batch.Rows).SelectMany(row => values.AsSpan(row * batch.Length * width, batch.Lengths[row] * width).ToArray())];
}
