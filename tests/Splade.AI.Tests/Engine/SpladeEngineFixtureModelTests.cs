using Splade.AI.ModelFiles;
using Splade.AI.Onnx;

namespace Splade.AI.Tests.Engine;

/// <summary>Small models with random weights, one for each shape that Sentence Transformers publishes: all give its numbers.</summary>
public sealed class SpladeEngineFixtureModelTests
{
    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-distilbert-cased")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-xlmr-unigram")]
    [InlineData("random-modernbert-bpe")]
    [InlineData("inference-free-idf")]
    public async Task EncodeAsync_Documents_EqualSentenceTransformers(string model)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(model + ".jsonl");
        Assert.Equal(86, expected.Count);
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(Folder(model));
        IReadOnlyList<SpladeEncoding> together = await engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(together), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
        for (int i = 0; i < expected.Count; i += 7)
        {
            ReferenceVectors.AssertSame(expected[i], (await engine.EncodeAsync([expected[i].Text]))[0].Vector);
        }
    }

    // What runs where there is no AVX2 or another device does the work, and what runs where the decoder is not recognised.
    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-distilbert-cased")]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-xlmr-unigram")]
    [InlineData("random-modernbert-bpe")]
    [InlineData("inference-free-idf")]
    public async Task EncodeAsync_LogitsInTheGraph_EqualSentenceTransformers(string model)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(model + ".jsonl");
        foreach (DecoderPlace place in new[] { DecoderPlace.TiledGraph, DecoderPlace.PlainGraph })
        {
            await AssertSameAsync(expected, new SpladeEngineOptions(Folder(model)) { DecoderPlace = place });
        }
    }

    [Theory]
    [InlineData("random-distilbert-cased", "onnx/model_dynamo.onnx")]
    [InlineData("random-distilbert-cased", "onnx/contract_pooled.onnx")]
    [InlineData("random-distilbert-cased", "onnx/contract_pooled_raw.onnx")]
    [InlineData("random-distilbert-cased", "onnx/contract_indices_weights.onnx")]
    [InlineData("random-bert-sum", "onnx/model_dynamo.onnx")]
    public async Task EncodeAsync_OtherExportsOfTheModel_EqualSentenceTransformers(string model, string file)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(model + ".jsonl");
        await AssertSameAsync(expected, new SpladeEngineOptions(Folder(model)) { ModelFile = file });
    }

    [Fact]
    public async Task EncodeAsync_InferenceFreeQueries_EqualSentenceTransformersWithoutTheModel()
    {
        // Without the ONNX file's content: queries never open it.
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("inference-free-idf"));
        model.Write("document_0_Transformer/onnx/model.onnx", "never read");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        Assert.True(engine.Model.HasInferenceFreeQueries);
        var asQueries = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read("inference-free-idf.jsonl");
        IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text), asQueries);
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First.AsQuery(), pair.Second.Vector));

        var error = await Assert.ThrowsAsync<SpladeModelException>(() => engine.EncodeAsync(["a document"]));
        Assert.Equal(model.PathOf("document_0_Transformer/onnx/model.onnx"), error.Path);
    }

    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-distilbert-cased")]
    public async Task EncodeAsync_QuantisedModel_SameVectorAloneAndTogether(string model)
    {
        // Its activations are quantised by the range of the whole batch: company would change a text's vector.
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(Folder(model)) { ModelFile = "onnx/model_qint8_avx512_vnni.onnx" });
        string[] texts = [.. ReferenceVectors.Read(model + ".jsonl").Select(e => e.Text).Take(20)];
        IReadOnlyList<SpladeEncoding> together = await engine.EncodeAsync(texts);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await engine.EncodeAsync([texts[i]]))[0].Vector, together[i].Vector);
        }
    }

    [Fact]
    public async Task Model_OfEachFixture_DescribesItself()
    {
        await using SpladeEngine sum = await SpladeEngine.CreateAsync(Folder("random-bert-sum"));
        Assert.Equal((PoolingStrategy.Sum, SpladeActivation.Relu, 128, "BertForMaskedLM"), (sum.Model.Pooling, sum.Model.Activation, sum.MaxTokens, sum.Model.Architecture));
        await using SpladeEngine distil = await SpladeEngine.CreateAsync(Folder("random-distilbert-cased"));
        Assert.Equal((PoolingStrategy.Max, SpladeActivation.Log1pRelu), (distil.Model.Pooling, distil.Model.Activation));
        Assert.Equal(7, distil.Model.OtherModelFiles.Count);
        Assert.Contains("max of log1p(log1p(relu))", distil.Model.ToString(), StringComparison.Ordinal);
    }

    private static async Task AssertSameAsync(IReadOnlyList<ReferenceVector> expected, SpladeEngineOptions options)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        IReadOnlyList<SpladeEncoding> actual = await engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
