using System.Text.Json;
using Splade.AI.Onnx;
using Splade.AI.Tests.Decoding;
using Splade.AI.Tests.Architectures;

namespace Splade.AI.Tests.Engine;

/// <summary>Models that are loaded from their weights give what their exported files give.</summary>
public sealed class SpladeEngineWeightsTests
{
    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-distilbert-cased")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-xlmr-unigram")]
    [InlineData("random-modernbert-bpe")]
    [InlineData("inference-free-idf")]
    public async Task EncodeAsync_Weights_EqualSentenceTransformersWhereverTheDecoderRuns(string model)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(model + ".jsonl");
        foreach (DecoderPlace place in Enum.GetValues<DecoderPlace>())
        {
            var options = new SpladeEngineOptions(Folder(model)) { ModelFile = "model.safetensors", DecoderPlace = place };
            await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
            IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text));
            Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
            ReferenceVectors.AssertSame(expected[5], (await engine.EncodeAsync([expected[5].Text]))[0].Vector);
        }
    }

    [SharedFact]
    public async Task EncodeAsync_PublishedWeightsOfSpladeTiny_EqualSentenceTransformers()
    {
        string folder = Path.Combine(Repository.Shared!, "models", "splade-tiny");
        ReferenceVector[] expected = [.. ReferenceVectors.Read("encode-passages.jsonl"), .. ReferenceVectors.Read("encode-stress.jsonl")];
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { ModelFile = "model.safetensors" });
        IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
    }

    [Theory]
    [InlineData("float16")]
    [InlineData("bfloat16")]
    [InlineData("sharded")]
    [InlineData("torch-zip")]
    [InlineData("torch-zip-float16")]
    [InlineData("torch-sharded")]
    [InlineData("torch-views")]
    [InlineData("bert-gamma-beta")]
    [InlineData("torch-zip-gamma-beta")]
    [InlineData("decoder-kept")]
    [InlineData("decoder-untied")]
    [InlineData("nonzero-bert")]
    [InlineData("nonzero-distilbert")]
    [InlineData("nonzero-roberta")]
    [InlineData("nonzero-xlmr")]
    [InlineData("nonzero-modernbert")]
    public async Task EncodeAsync_FolderWithoutAnOnnxFile_GivesTheVectorsOfItsWeights(string folder)
    {
        IReadOnlyList<CheckpointVariant> expected = CheckpointVariant.Read(folder);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Variant(folder));

        IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text));

        Assert.All(expected.Zip(actual), pair => AssertSame(pair.First, pair.Second.Vector));
        AssertSame(expected[^1], (await engine.EncodeAsync([expected[^1].Text]))[0].Vector);
    }

    [Theory]
    [InlineData("dense-mean")]
    [InlineData("dense-cls")]
    [InlineData("dense-mean-prefixed")]
    public async Task GenerateAsync_FolderWithoutAnOnnxFile_GivesTheVectorsOfItsWeights(string folder)
    {
        IReadOnlyList<CheckpointVariant> expected = CheckpointVariant.Read(folder);
        using DenseEmbeddingGenerator sut = await DenseEmbeddingGenerator.CreateAsync(Variant(folder));

        var actual = await sut.GenerateAsync(expected.Select(e => e.Text));

        Assert.All(expected.Zip(actual), pair => Assert.All(
            pair.First.Vector.Zip(pair.Second.Vector.ToArray()), numbers => Assert.Equal(numbers.First, numbers.Second, 1e-5f)));
    }

    [Theory]
    [InlineData("nonzero-bert")]
    [InlineData("nonzero-distilbert")]
    public async Task EncodeAsync_VocabularyInPlaceOfATokenizer_GivesTheSameVectors(string folder)
    {
        IReadOnlyList<CheckpointVariant> expected = CheckpointVariant.Read(folder);
        using TemporaryModel model = TemporaryModel.CopyOf(Variant(folder));
        JsonElement tokenizer = JsonElement.Parse(File.ReadAllText(model.PathOf("tokenizer.json")));
        IEnumerable<string> tokens = tokenizer.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(t => t.Value.GetInt32()).Select(t => t.Name);
        model.Write("vocab.txt", string.Join('\n', tokens) + "\n");
        model.Delete("tokenizer.json");
        model.Write("tokenizer_config.json", """{"tokenizer_class": "BertTokenizer", "do_lower_case": false, "model_max_length": 128}""");

        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);

        IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair => AssertSame(pair.First, pair.Second.Vector));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"], engine.Model.ComputeFileHashes().Keys);
    }

    [Theory]
    [InlineData("head-missing", "cls.predictions")]
    [InlineData("torch-legacy", "before 1.6")]
    public async Task CreateAsync_WeightsThatMakeNoModel_AreRefusedByName(string folder, string reason)
    {
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(Variant(folder)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_OnnxFileAndWeights_TakesTheOnnxFileUnlessAsked()
    {
        string folder = Folder("random-distilbert-cased");
        await using SpladeEngine onnx = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine weights = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { ModelFile = "model.safetensors" });

        Assert.EndsWith("model.onnx", onnx.Model.ModelFile, StringComparison.Ordinal);
        Assert.EndsWith("model.safetensors", weights.Model.ModelFile, StringComparison.Ordinal);
        Assert.Contains(weights.Model.ModelFile, onnx.Model.OtherModelFiles);
        Assert.NotEqual(onnx.Identity.ModelHash, weights.Identity.ModelHash);
    }

    [Fact]
    public async Task Identity_OfWeights_DependsOnTheConfigurationThatTheGraphIsWrittenBy()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Variant("nonzero-bert"));
        await using SpladeEngine before = await SpladeEngine.CreateAsync(model.Folder);
        string? hash = before.Identity.ModelHash;
        model.Write("config.json", File.ReadAllText(model.PathOf("config.json")).Replace("\"gelu\"", "\"relu\"", StringComparison.Ordinal));
        await using SpladeEngine after = await SpladeEngine.CreateAsync(model.Folder);

        Assert.NotEqual(hash, after.Identity.ModelHash);
        Assert.Contains("config.json", after.Model.ComputeFileHashes().Keys);
    }

    [Fact]
    public async Task ExplainAsync_Weights_TellTheTokensOfTheExportedFile()
    {
        const string Text = "Mars is called the Red Planet.";
        string folder = Folder("random-distilbert-cased");
        await using SpladeEngine onnx = await SpladeEngine.CreateAsync(folder);
        await using SpladeEngine weights = await SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { ModelFile = "model.safetensors" });

        var expected = await onnx.ExplainAsync(Text);
        var actual = await weights.ExplainAsync(Text);

        Assert.NotEmpty(actual.Terms);
        Assert.Equal(expected.Terms.Select(t => (t.Token, t.Source?.Position)), actual.Terms.Select(t => (t.Token, t.Source?.Position)));
    }

    [Fact]
    public async Task CreateAsync_SeveralOnnxFilesOfOtherNames_LoadsTheWeightsIfThereAreAny()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("random-distilbert-cased"));
        model.Replace("onnx/a.onnx", by: "onnx/model.onnx");
        model.Replace("onnx/b.onnx", by: "onnx/model.onnx");
        model.Delete("onnx/model.onnx");
        await using (SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder))
        {
            Assert.Equal(model.PathOf("model.safetensors"), engine.Model.ModelFile);
            Assert.Contains(model.PathOf("onnx/b.onnx"), engine.Model.OtherModelFiles);
        }

        model.Delete("model.safetensors");
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder));
        Assert.Contains("Say which one to load", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodeAsync_WeightsReplacedBeforeTheFirstDocument_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("inference-free-idf"));
        model.Delete("document_0_Transformer/onnx/model.onnx");
        string file = model.PathOf("document_0_Transformer/model.safetensors");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        byte[] whole = await File.ReadAllBytesAsync(file);
        int header = (int)BitConverter.ToInt64(whole);

        // The same tensors behind a longer header, as when the file is saved again: each lies in another place.
        await File.WriteAllBytesAsync(file + ".new", [.. BitConverter.GetBytes(header + 8L), .. whole[8..(8 + header)], .. "        "u8, .. whole[(8 + header)..]]);
        File.Move(file + ".new", file, overwrite: true);

        var error = await Assert.ThrowsAsync<SpladeModelException>(() => engine.EncodeAsync(["a document"]));
        Assert.Contains("was replaced while the model was loaded", error.Message, StringComparison.Ordinal);
        Assert.Equal(file, error.Path);
    }

    [UnixFact]
    public async Task CreateAsync_OnnxFileBesideABrokenLink_IsLoaded()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("random-bert-sum"));
        File.CreateSymbolicLink(model.PathOf("pytorch_model.bin"), "gone");
        Directory.CreateDirectory(model.PathOf("model.safetensors.index.json"));
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        Assert.EndsWith("model.onnx", engine.Model.ModelFile, StringComparison.Ordinal);
    }

    [KernelFact]
    public async Task CreateAsync_Fast_QuantisesProductsOfWeights()
    {
        await using SpladeEngine exact = await SpladeEngine.CreateAsync(Variant("nonzero-bert"));
        await using SpladeEngine fast = await SpladeEngine.CreateAsync(new SpladeEngineOptions(Variant("nonzero-bert")) { Precision = Precision.Fast });

        Assert.Equal((Precision.Fast, null), (fast.Precision, fast.PrecisionFallbackReason));
        Assert.NotEqual((await exact.EncodeAsync(["mars"]))[0].Vector, (await fast.EncodeAsync(["mars"]))[0].Vector);
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);

    private static string Variant(string folder) => Folder($"checkpoint-variants/{folder}");

    private static void AssertSame(CheckpointVariant expected, SparseVector actual)
    {
        const float Tolerance = 1e-4f;
        var wanted = expected.Indices.Zip(expected.Values).ToDictionary(p => p.First, p => p.Second);
        foreach (int index in wanted.Keys.Union(actual.Indices.ToArray()))
        {
            Assert.InRange(actual[index] - wanted.GetValueOrDefault(index), -Tolerance, Tolerance);
        }
    }
}
