using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Tests.TestDoubles;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>What is refused before work is put into it, which models are asked, and what a failed upsert leaves.</summary>
public sealed class SpladeCollectionUpsertTests : IDisposable
{
    private readonly SpladeVectorStorage _storage = new();
    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = TestGenerators.Sparse();
    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = TestGenerators.Dense();

    [Fact]
    public async Task UpsertAsync_WithoutTexts_AsksTheModelForItsSizeOnce()
    {
        SpladeCollection<string, Note> notes = await NotesAsync("silent");
        await notes.UpsertAsync(new Note { Id = "a", Array = [1, 2] });
        await notes.DeleteAsync("a");
        await notes.UpsertAsync(new Note { Id = "b", Array = [1, 2] });
        Assert.Equal([[string.Empty]], _sparse.Calls.Select(call => call.Texts));

        SpladeCollection<string, Note> other = await NotesAsync("silent");
        await other.UpsertAsync(new Note { Id = "c", Array = [1, 2] });
        Assert.Single(_sparse.Calls);
    }

    [Fact]
    public async Task UpsertAsync_WithoutTexts_TakesTheSizeThatTheGeneratorSays()
    {
        _sparse.Service = new EmbeddingGeneratorMetadata(defaultModelDimensions: TestGenerators.Words);
        SpladeCollection<string, Note> notes = await NotesAsync("said");
        await notes.UpsertAsync(new Note { Id = "a", Array = [1, 2] });
        Assert.Empty(_sparse.Calls);
        await notes.UpsertAsync(new Note { Id = "b", Text = "mars" });
        Assert.Single(await notes.HybridSearchAsync(new float[] { 1, 0 }, ["mars"], 1, new() { VectorProperty = n => n.Array }).ToArrayAsync());
    }

    [Fact]
    public async Task SearchAsync_DenseByText_DoesNotAskTheSparseModel()
    {
        var sparse = new AskedGenerator(_sparse);
        var collection = new SpladeCollection<string, Told>(_storage, "told", new() { EmbeddingGenerator = _dense, SparseEmbeddingGenerator = sparse });
        await collection.EnsureCollectionExistsAsync();
        Assert.Empty(await collection.SearchAsync("mars", 1).ToArrayAsync());
        Assert.Equal(0, sparse.Asked);
        await collection.UpsertAsync(new Told { Id = "a", Text = "mars" });
        Assert.True(sparse.Asked > 0);
    }

    [Fact]
    public async Task Vectors_OfAnotherDenseModel_AreRefused()
    {
        _dense.Service = new EmbeddingGeneratorMetadata(defaultModelId: "one");
        SpladeCollection<string, Told> collection = await ToldAsync(_dense);
        await collection.UpsertAsync(new Told { Id = "a", Text = "mars" });

        TestEmbeddingGenerator<Embedding<float>> other = TestGenerators.Dense();
        other.Service = new EmbeddingGeneratorMetadata(defaultModelId: "two");
        SpladeCollection<string, Told> mixed = await ToldAsync(other);
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => mixed.UpsertAsync(new Told { Id = "b", Text = "venus" }));
        Assert.Contains("'one'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'two'", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VectorStoreException>(() => mixed.SearchAsync("mars", 1).ToArrayAsync().AsTask());
        Assert.Single(await mixed.SearchAsync(new float[] { 1, 1, 1 }, 1).ToArrayAsync());
        await collection.UpsertAsync(new Told { Id = "b", Text = "venus" });
    }

    [Fact]
    public async Task UpsertAsync_InvalidUtf16_IsRefused()
    {
        SpladeCollection<string, Note> notes = await NotesAsync("texts");
        await Check(new() { Id = "a", Text = "x\uD800y" }, "'Text'");
        await Check(new() { Id = "\uDC00" }, "'Id'");
        await notes.UpsertAsync(new Note { Id = "\U0001F680", Text = "to \U0001F680" });
        Assert.Equal("to \U0001F680", (await notes.GetAsync("\U0001F680"))!.Text);

        var lists = new SpladeCollection<string, Listed>(_storage, "lists");
        await lists.EnsureCollectionExistsAsync();
        await Assert.ThrowsAsync<ArgumentException>("record", () => lists.UpsertAsync(new Listed { Id = "a", Words = ["fine", "\uD83D"] }));
        Assert.Null(await lists.GetAsync("a"));

        async Task Check(Note note, string property)
        {
            var e = await Assert.ThrowsAsync<ArgumentException>("records", () => notes.UpsertAsync([note]));
            Assert.Contains(property, e.Message, StringComparison.Ordinal);
            Assert.Empty(_sparse.Calls);
        }
    }

    [Fact]
    public async Task UpsertAsync_Null_ComesBackWhateverThePropertyBeginsWith()
    {
        var lists = new SpladeCollection<string, Listed>(_storage, "lists");
        await lists.EnsureCollectionExistsAsync();
        await lists.UpsertAsync(new Listed { Id = "a", Words = null!, Name = null });
        Listed? found = await lists.GetAsync("a");
        Assert.Null(found!.Words);
        Assert.Null(found.Name);
        Assert.Single(await lists.GetAsync(r => r.Words == null && r.Name == null, 9).ToArrayAsync());
    }

    [Fact]
    public async Task UpsertAsync_Refused_LeavesRecordsWithoutKeys()
    {
        var collection = new SpladeCollection<Guid, Keyed>(_storage, "keyed");
        await collection.EnsureCollectionExistsAsync();
        Keyed good = new() { Vector = [1, 2] }, bad = new() { Vector = [1, float.NaN] };
        var e = await Assert.ThrowsAsync<ArgumentException>("records", () => collection.UpsertAsync([good, bad]));
        Assert.Contains("'Vector'", e.Message, StringComparison.Ordinal);
        Assert.Equal((Guid.Empty, Guid.Empty), (good.Id, bad.Id));
        await Assert.ThrowsAsync<ArgumentException>("record", () => collection.UpsertAsync(new Keyed { Vector = [1, 2, 3] }));

        await collection.UpsertAsync([good, good]);
        Assert.Equal(good.Id, Assert.Single(await collection.GetAsync(r => true, 9).ToArrayAsync()).Id);
        Assert.NotEqual(Guid.Empty, good.Id);
    }

    public void Dispose() => _storage.Dispose();

    private async Task<SpladeCollection<string, Note>> NotesAsync(string name)
    {
        var notes = new SpladeCollection<string, Note>(_storage, name, new() { SparseEmbeddingGenerator = _sparse });
        await notes.EnsureCollectionExistsAsync();
        return notes;
    }

    private async Task<SpladeCollection<string, Told>> ToldAsync(IEmbeddingGenerator dense)
    {
        var collection = new SpladeCollection<string, Told>(_storage, "told", new() { EmbeddingGenerator = dense, SparseEmbeddingGenerator = _sparse });
        await collection.EnsureCollectionExistsAsync();
        return collection;
    }

    private sealed class AskedGenerator(IEmbeddingGenerator<string, SparseEmbedding> inner) : DelegatingEmbeddingGenerator<string, SparseEmbedding>(inner)
    {
        public int Asked { get; private set; }

        public override object? GetService(Type serviceType, object? serviceKey = null)
        {
            Asked++;
            return base.GetService(serviceType, serviceKey);
        }
    }

    private sealed class Told
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreData(IsFullTextIndexed = true)]
        public string? Text { get; set; }

        [VectorStoreVector(3)]
        public string? Meaning => Text;
    }

    private sealed class Keyed
    {
        [VectorStoreKey]
        public Guid Id { get; set; }

        [VectorStoreVector(2)]
        public float[]? Vector { get; set; }
    }

    private sealed class Listed
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreData]
        public List<string> Words { get; set; } = [];

        [VectorStoreData(IsIndexed = true)]
        public string? Name { get; set; } = "unnamed";
    }
}
