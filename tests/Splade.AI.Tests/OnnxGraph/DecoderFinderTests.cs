using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class DecoderFinderTests
{
    [Theory]
    [MemberData(nameof(FixtureModels.WithDecoder), MemberType = typeof(FixtureModels))]
    public void Find_ModelWithDecoder_GivesItsShapeAndBias(string model, int hidden, int vocabulary, bool vocabularyRows)
    {
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(model));
        DecoderSearch search = DecoderFinder.Find(file, vocabulary);
        Assert.Null(search.Reason);
        Assert.Equal(hidden, search.Decoder!.HiddenSize);
        Assert.Equal(vocabulary, search.Decoder.Vocabulary);
        Assert.Equal(vocabularyRows, search.Decoder.HasVocabularyRows);
        Assert.Equal([vocabulary], search.Decoder.Bias!.Tensor.Dimensions);
        Assert.Equal("LayerNormalization", file.Producer(search.Decoder.HiddenState)!.OpType);
    }

    [Theory]
    [MemberData(nameof(FixtureModels.WithoutDecoder), MemberType = typeof(FixtureModels))]
    public void Find_ModelWithoutKnownDecoder_GivesTheReason(string model, int vocabulary, string reason)
    {
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(model));
        DecoderSearch search = DecoderFinder.Find(file, vocabulary);
        Assert.Null(search.Decoder);
        Assert.Contains(reason, search.Reason, StringComparison.Ordinal);
    }
}
