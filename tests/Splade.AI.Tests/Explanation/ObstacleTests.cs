using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;
using Splade.AI.Onnx;
using Splade.AI.Tests.Decoding;

namespace Splade.AI.Tests.Explanation;

/// <summary>Models that do not show what their tokens say, or show it in another way; and what needs no run of a model.</summary>
public sealed class ObstacleTests
{
    private const string Text = "The moon pulls on the ocean.";

    [Theory]
    [InlineData("onnx/contract_pooled.onnx")]
    [InlineData("onnx/contract_pooled_raw.onnx")]
    [InlineData("onnx/contract_indices_weights.onnx")]
    public async Task ExplainAsync_GraphThatPoolsInside_SaysWhyThereAreNoSpans(string file)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(FixtureModels.Folder("random-distilbert-cased")) { ModelFile = file });
        TextExplanation explanation = await engine.ExplainAsync(Text);
        Assert.Contains("pools inside", explanation.SpansUnavailableReason, StringComparison.Ordinal);
        Assert.Contains("fill-mask", explanation.SpansUnavailableReason, StringComparison.Ordinal);
        Assert.All(explanation.Terms, t => Assert.Null(t.Source));
        Assert.All(explanation.Words, w => Assert.Null(w.Produced));
        ReferenceVectors.AssertSame(ReferenceVector.Of(file, (await engine.EncodeAsync([Text]))[0].Vector), explanation.Vector, 1e-5f);
        Assert.Null((await engine.ExplainAsync(Text, new ExplanationOptions { Spans = false })).SpansUnavailableReason);
    }

    [Theory]
    [InlineData("random-distilbert-cased", "onnx/model_dynamo.onnx")]
    [InlineData("random-distilbert-cased", "onnx/model_qint8_avx512_vnni.onnx")]
    [InlineData("random-bert-sum", "onnx/model_dynamo.onnx")]
    [InlineData("random-bert-sum", "onnx/model_qint8_avx512_vnni.onnx")]
    public async Task ExplainAsync_OtherExports_HaveSources(string model, string file)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(FixtureModels.Folder(model)) { ModelFile = file });
        TextExplanation explanation = await engine.ExplainAsync(Text, new ExplanationOptions { RunnersUp = 100 });
        Assert.Null(explanation.SpansUnavailableReason);
        Assert.All(explanation.Terms, t => Assert.Equal(
            t.Weight,
            model == "random-bert-sum" ? t.Source!.Value.Activation + t.RunnersUp.Sum(s => s.Activation) : t.Source!.Value.Activation,
            1e-5f * Math.Max(1, t.Weight)));
    }

    [KernelFact]
    public async Task ExplainAsync_FastPrecision_HasTheSourcesOfItsOwnVector()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(EngineFixture.ModelFolder) { Precision = Precision.Fast });
        TextExplanation explanation = await engine.ExplainAsync(Text);
        Assert.Equal(Precision.Fast, engine.Precision);
        ReferenceVectors.AssertSame(ReferenceVector.Of("fast", (await engine.EncodeAsync([Text]))[0].Vector), explanation.Vector, 1e-5f);
        Assert.All(explanation.Terms, t => Assert.Equal(t.Weight, t.Source!.Value.Activation));
    }

    [Fact]
    public async Task ExplainAsync_LogitsInTheGraph_SecondSessionIsOpenedOnceAndLogged()
    {
        using var log = new TestLoggerFactory();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(
            new SpladeEngineOptions(EngineFixture.ModelFolder) { DecoderPlace = DecoderPlace.TiledGraph, LoggerFactory = log });
        await engine.ExplainAsync(Text, new ExplanationOptions { Spans = false });
        Assert.Equal(0, Opened());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.ExplainAsync(Text)));
        Assert.Equal(1, Opened());

        int Opened() => log.Entries.Count(e => e.Level == LogLevel.Information && e.Message.Contains("opened once more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExplainAsync_FileChangedSinceItWasLoaded_SaysSoAndExplainsTheRest()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(model.Folder) { DecoderPlace = DecoderPlace.TiledGraph });
        string file = model.PathOf("onnx/model.onnx");
        byte[] content = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        TextExplanation without = await engine.ExplainAsync(Text);
        Assert.Contains("model.onnx", without.SpansUnavailableReason, StringComparison.Ordinal);
        Assert.NotEmpty(without.Terms);

        await File.WriteAllBytesAsync(file, content);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        Assert.Contains("not the file any longer", (await engine.ExplainAsync(Text)).SpansUnavailableReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_VectorThatIsThere_NeedsNoModel()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(FixtureModels.Folder("inference-free-idf"));
        model.Write("document_0_Transformer/onnx/model.onnx", "never read");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder);
        ReferenceVector line = ReferenceVectors.Read("inference-free-idf.jsonl")[40];
        int[] ids = engine.Tokenizer.Encode(line.Text).Ids.ToArray();
        int[] indices = [.. line.Indices.Union(ids).Order()];
        var vector = new SparseVector(indices, Array.ConvertAll(indices, _ => 1f), engine.Vocabulary.Count);
        var withoutSpans = new ExplanationOptions { Spans = false };
        TextExplanation asynchronous = await engine.ExplainAsync(vector, line.Text, withoutSpans);
        TextExplanation synchronous = engine.Explain(vector, line.Text);
        Assert.Equal(asynchronous.Terms.Select(t => (t.Id, t.Origin)), synchronous.Terms.Select(t => (t.Id, t.Origin)));
        Assert.All(synchronous.Terms, t => Assert.Equal(
            ids.Contains(t.Id) && !engine.Tokenizer.SpecialTokenIds.Contains(t.Id) ? TermOrigin.Literal : TermOrigin.Expansion, t.Origin));
        await Assert.ThrowsAsync<SpladeModelException>(() => engine.ExplainAsync(vector, line.Text));
    }
}
