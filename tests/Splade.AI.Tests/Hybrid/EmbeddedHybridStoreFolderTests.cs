using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Hybrid;

public sealed class EmbeddedHybridStoreFolderTests : IDisposable
{
    private static readonly string[] Words = ["moon", "mars", "soup", "bread"];

    private readonly TemporaryFolder _folder = new();
    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = new()
    {
        GenerateCallback = (texts, _) => new(texts.Select(text => new SparseEmbedding(SparseVector.FromDense(Encode(text))))),
    };

    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = new()
    {
        GenerateCallback = (texts, _) => new(texts.Select(text => new Embedding<float>(Encode(text)))),
        Service = new EmbeddingGeneratorMetadata(defaultModelId: "words"),
    };

    public void Dispose()
    {
        _sparse.Dispose();
        _dense.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task OpenAsync_AfterAnIngestThatFailed_GoesOnWhereItEnded()
    {
        HybridText[] texts = [.. Enumerable.Range(0, 200).Select(i => new HybridText($"{i}", $"{Words[i % 4]} {i}", new Dictionary<string, MetadataValue> { ["number"] = i }))];
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await Assert.ThrowsAsync<IOException>(() => NewRetriever(store).AddAsync(texts.Select((text, i) => i < 150 ? text : throw new IOException("The disk is gone."))));
        }

        _sparse.Calls.Clear();
        using EmbeddedHybridStore again = await EmbeddedHybridStore.OpenAsync(_folder.Path);
        Assert.Equal(128, await again.CountAsync());
        HybridAddResult resumed = await NewRetriever(again).AddAsync(texts);
        Assert.Equal((72, 128), (resumed.Added, resumed.Unchanged));
        Assert.Equal(72, _sparse.Calls.Sum(call => call.Texts.Length));
        HybridSearchResult found = await NewRetriever(again).SearchAsync("soup", new HybridRetrievalOptions { Filter = MetadataFilter.AtLeast("number", 150), Top = 100 });
        Assert.All(found.Hits, hit => Assert.True(hit.Record.Metadata["number"].AsNumber() >= 150));
        Assert.Equal(50, found.Hits.Count);
    }

    [Fact]
    public async Task OpenAsync_FolderOfOtherModels_IsRefusedWithWhatDiffers()
    {
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await NewRetriever(store).AddAsync([new HybridText("1", "moon")]);
        }

        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            Assert.Equal("words", DenseName(store));
            _dense.Service = new EmbeddingGeneratorMetadata(defaultModelId: "letters");
            string refusal = (await Assert.ThrowsAsync<ArgumentException>(() => NewRetriever(store).AddAsync([new HybridText("2", "mars")]))).Message;
            Assert.Contains("the dense model is 'words' instead of 'letters'", refusal, StringComparison.Ordinal);
        }

        SearchStorageException refused = await Assert.ThrowsAsync<SearchStorageException>(
            () => EmbeddedHybridStore.OpenAsync(_folder.Path, models: DenseModel("letters")));
        Assert.Contains("the dense model is 'words' instead of 'letters'", refused.Message, StringComparison.Ordinal);

        // An emptied store takes the models of the next records.
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await store.DeleteAsync(["1"]);
            await NewRetriever(store).AddAsync([new HybridText("2", "mars")]);
        }

        using EmbeddedHybridStore last = await EmbeddedHybridStore.OpenAsync(_folder.Path, models: DenseModel("letters"));
        Assert.Equal("mars", (await last.GetAsync("2"))?.Text);
    }

    [Fact]
    public async Task OpenAsync_RecordsWithoutModelsAfterOthers_ForgetsTheModels()
    {
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await NewRetriever(store).AddAsync([new HybridText("1", "moon")]);
            await store.DeleteAsync(["1"]);
            await store.UpsertAsync([new HybridRecord("2", "mars", new SparseVector([0], [1], 4), new float[] { 1, 2 })]);
        }

        using EmbeddedHybridStore again = await EmbeddedHybridStore.OpenAsync(_folder.Path, models: DenseModel("letters"));
        Assert.Equal(1, await again.CountAsync());
    }

    [Fact]
    public async Task OpenAsync_ModelsForRecordsOfUnknownOnes_StayUnknownUntilTheseAreGone()
    {
        HybridModels words = DenseModel("words"), letters = DenseModel("letters");
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await store.UpsertAsync([Record("1")]);
        }

        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path, models: words))
        {
            Assert.Equal(HybridModels.None, store.Models);
            await store.UpsertAsync([Record("2")], words);
            Assert.Equal(HybridModels.None, store.Models);

            // It still takes and compares those only that it was opened for.
            await Assert.ThrowsAsync<ArgumentException>("models", () => store.UpsertAsync([Record("3")], letters));
            await Assert.ThrowsAsync<ArgumentException>("query", () => store.SearchAsync(Query(letters)));
            Assert.Equal(2, (await store.SearchAsync(Query(words))).Count);
        }

        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path, models: letters))
        {
            Assert.Equal(2, await store.CountAsync());
            await store.DeleteAsync(["1", "2"]);
            Assert.Equal(letters, store.Models);
            await store.UpsertAsync([Record("4")]);
        }

        await Assert.ThrowsAsync<SearchStorageException>(() => EmbeddedHybridStore.OpenAsync(_folder.Path, models: words));

        static HybridRecord Record(string id) => new(id, "mars", new SparseVector([0], [1], 4), new float[] { 1, 2 });
        static HybridQuery Query(HybridModels models) => new() { Dense = new float[] { 1, 2 }, Mode = SearchMode.Dense, Models = models };
    }

    [Fact]
    public async Task BackupAsync_Store_IsOneThatCanBeOpened()
    {
        using EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.PathOf("store"));
        await NewRetriever(store).AddAsync(Enumerable.Range(0, 3000).Select(i => new HybridText($"{i}", $"{Words[i % 4]} {i}")));
        long copied = 0;
        await store.BackupAsync(_folder.PathOf("copy"), new ImmediateProgress<long>(bytes => copied = bytes));
        Assert.True(copied > 100_000);
        using EmbeddedHybridStore copy = await EmbeddedHybridStore.OpenAsync(_folder.PathOf("copy"));
        Assert.Equal(3000, await copy.CountAsync());
        Assert.Equal("soup 2", (await copy.GetAsync("2"))?.Text);
    }

    [Fact]
    public async Task ListAsync_StoreDisposedMeanwhile_EndsAsItWouldHave()
    {
        EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path);
        await NewRetriever(store).AddAsync(Enumerable.Range(0, 2000).Select(i => new HybridText($"{i}", $"moon {i}")));
        int listed = 0;
        await foreach (HybridRecord record in store.ListAsync())
        {
            store.Dispose();
            Assert.Equal($"moon {listed++}", record.Text);
        }

        Assert.Equal(2000, listed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CountAsync());
        (await EmbeddedHybridStore.OpenAsync(_folder.Path)).Dispose();
    }

    private HybridRetriever NewRetriever(EmbeddedHybridStore store) => new(store, _sparse, _dense);

    private static float[] Encode(string text)
    {
        float[] vector = [.. Words.Select(word => text.Contains(word, StringComparison.Ordinal) ? 1f : 0), 0.5f];
        return vector;
    }

    private static HybridModels DenseModel(string name) => HybridModels.Of(null, new DenseModelIdentity { ModelName = name });

    private static string? DenseName(EmbeddedHybridStore store) => store.Models.Dense.GetValueOrDefault(HybridSchema.DenseName)?.ModelName;
}
