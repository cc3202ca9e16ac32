using Splade.AI.Tests.MiniCoil;

namespace Splade.AI.Tests;

/// <summary>The numbers are FastEmbed's, of either sign.</summary>
public sealed class MiniCoilEncoderTests : IAsyncLifetime
{
    private static readonly SpladeEncodingOptions AsQuery = new() { InputType = EmbeddingInputType.Query };

    private MiniCoilEncoder _sut = null!;

    public async Task InitializeAsync() => _sut = await MiniCoilEncoder.CreateAsync(MiniCoilReference.Folder);

    public async Task DisposeAsync() => await _sut.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public async Task EncodeAsync_Batches_HaveFastEmbedsVectors(int size)
    {
        IReadOnlyList<MiniCoilReference> references = MiniCoilReference.Read("minicoil.jsonl");
        Assert.Equal(93, references.Count);
        foreach (MiniCoilReference[] batch in references.Chunk(size))
        {
            IReadOnlyList<MiniCoilEncoding> documents = await _sut.EncodeAsync(batch.Select(r => r.Text));
            IReadOnlyList<MiniCoilEncoding> queries = await _sut.EncodeAsync(batch.Select(r => r.Text), AsQuery);
            Assert.All(batch.Zip(documents), pair => MiniCoilReference.AssertAgrees(pair.First.Document, pair.Second));
            Assert.All(batch.Zip(queries), pair => MiniCoilReference.AssertAgrees(pair.First.Query!.Value, pair.Second));
            Assert.Equal(batch.Select(r => r.TokenCount), documents.Select(d => (int?)d.TokenCount));
        }
    }

    [Fact]
    public async Task EncodeAsync_OptionsOfFastEmbed_GiveItsNumbers()
    {
        var options = new MiniCoilOptions(MiniCoilReference.Folder) { K = 0.9, B = 0.4, AverageLength = 30 };
        await using MiniCoilEncoder sut = await MiniCoilEncoder.CreateAsync(options);
        IReadOnlyList<MiniCoilReference> references = MiniCoilReference.Read("encoder-options.jsonl");
        Assert.All(references, r => Assert.Equal("""{"k": 0.9, "b": 0.4, "avg_len": 30.0}""", r.Options.GetRawText()));
        IReadOnlyList<MiniCoilEncoding> encodings = await sut.EncodeAsync(references.Select(r => r.Text));
        Assert.Equal(9, encodings.Count);
        Assert.All(references.Zip(encodings), pair => MiniCoilReference.AssertAgrees(pair.First.Document, pair.Second));
        Assert.NotEqual(_sut.ModelHash, sut.ModelHash);
    }

    [Fact]
    public async Task Dot_QueryAndDocument_AddsUpWhatTheyShare()
    {
        MiniCoilEncoding query = (await _sut.EncodeAsync(["hello zzyzx"], AsQuery))[0], document = (await _sut.EncodeAsync(["hello hello there"]))[0];
        (uint[] indices, float[] values) = document.ToQdrant();
        Assert.Contains(values, v => v < 0);
        var byIndex = indices.Zip(values).ToDictionary(e => (int)e.First, e => (double)e.Second);
        double expected = query.Indices.ToArray().Zip(query.Values.ToArray()).Sum(q => q.Second * byIndex.GetValueOrDefault(q.First));
        Assert.Equal(expected, query.Dot(document), 1e-5);
        Assert.Equal(query.Dot(document), document.Dot(query));
    }

    [Fact]
    public async Task CreateAsync_FilesThatAreWrong_AreNamed()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _sut.EncodeAsync(["a"], new SpladeEncodingOptions { MaxActiveDimensions = 1 }));
        using TemporaryModel model = TemporaryModel.CopyOf(MiniCoilReference.Folder);
        string matrices = model.PathOf("minicoil.triplet.model.npy");
        byte[] whole = await File.ReadAllBytesAsync(matrices);
        await File.WriteAllBytesAsync(matrices, whole[..^4]);
        Assert.Contains("bytes of numbers", await ErrorAsync(), StringComparison.Ordinal);
        model.Write("minicoil.triplet.model.vocab", """{"vocab": ["hello"], "stem_mapping": {}}""");
        Assert.Contains("expected (2, width, components)", await ErrorAsync(), StringComparison.Ordinal);
        model.Write("minicoil.triplet.model.vocab", """{"vocab": [1], "stem_mapping": {}}""");
        Assert.Contains("'vocab' of words", await ErrorAsync(), StringComparison.Ordinal);
        model.Delete("stopwords.txt");
        Assert.Contains("lacks stopwords.txt", await ErrorAsync(), StringComparison.Ordinal);

        async Task<string> ErrorAsync() => (await Assert.ThrowsAsync<SpladeModelException>(() => MiniCoilEncoder.CreateAsync(model.Folder))).Message;
    }
}
