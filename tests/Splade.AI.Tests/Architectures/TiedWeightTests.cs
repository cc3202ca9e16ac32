using Splade.AI.Architectures;
using Splade.AI.OnnxGraph;
using Splade.AI.Tests.OnnxGraph;
using Splade.AI.Tokenization;
using Splade.AI.Weights;

namespace Splade.AI.Tests.Architectures;

/// <summary>Which of two tables the decoder is: its own where it has one, else that of the words.</summary>
public sealed class TiedWeightTests
{
    private const string Words = "bert.embeddings.word_embeddings.weight";
    private const string OwnDecoder = "cls.predictions.decoder.weight";

    private static readonly TokenBatch Batch = TokenBatches.Random(1, 7, 30);

    [Fact]
    public void Write_NoDecoder_TakesTheWords() => Assert.Equal(Words["bert.".Length..], DecoderOf(Write("nonzero-bert", isTied: true, _ => { })));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_DecoderOfItsOwn_IsTakenWhateverTheConfigurationSays(bool isTied) =>
        Assert.Equal(OwnDecoder, DecoderOf(Write("decoder-untied", isTied, _ => { })));

    [Fact]
    public void Write_NoDecoderWhereNoneIsTied_IsRefused()
    {
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(() => Write("nonzero-bert", isTied: false, _ => { }));
        Assert.Contains($"'{OwnDecoder}' is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DecoderAlone_ServesAsWordsToo()
    {
        using TestRuntime expected = FixtureGraph.Load(Write("nonzero-bert", isTied: true, _ => { }));
        using TestRuntime alone = FixtureGraph.Load(Write("decoder-kept", isTied: true, tensors => Assert.True(tensors.Remove(Words))));
        Assert.Equal(expected.Run(Batch), alone.Run(Batch));
    }

    [Fact]
    public void Write_DecoderAloneWhereNoneIsTied_IsRefused()
    {
        SpladeModelException refusal = Assert.Throws<SpladeModelException>(
            () => Write("decoder-untied", isTied: false, tensors => Assert.True(tensors.Remove(Words))));
        Assert.Contains($"'{Words}' is missing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_BiasOfTheDecoder_GoesBeforeThatOfTheHead()
    {
        const string Own = "cls.predictions.decoder.bias";
        const string Head = "cls.predictions.bias";
        Assert.Equal(Own, BiasOf(Write("nonzero-bert", isTied: true, tensors => tensors.Add(Own, tensors[Head] with { Name = Own }))));
        Assert.Equal(Head, BiasOf(Write("nonzero-bert", isTied: true, _ => { })));
    }

    private static WrittenGraph Write(string model, bool isTied, Action<Dictionary<string, WeightTensor>> change) => FixtureGraph.Write(
        FixtureGraph.Folder($"checkpoint-variants/{model}"), GraphTask.MaskedLanguageModel, config => config["tie_word_embeddings"] = isTied, change);

    private static string DecoderOf(WrittenGraph graph) => Find(graph).Weight.Value;

    private static string BiasOf(WrittenGraph graph) => Find(graph).Bias!.Value;

    private static Decoder Find(WrittenGraph graph)
    {
        using OnnxFile file = OnnxFile.Parse(graph.Model, Path.Combine(graph.Folder, "model.onnx"));
        return DecoderFinder.Find(file, 3000).Decoder!;
    }
}
