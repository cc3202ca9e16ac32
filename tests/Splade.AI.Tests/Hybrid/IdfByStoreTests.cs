using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tests.Search;
using Splade.AI.Tests.TestDoubles;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Encoders whose weights lack the inverse document frequency, and stores that supply it or refuse.</summary>
public sealed class IdfByStoreTests : IDisposable
{
    private static readonly HybridModels Words = HybridModels.Of(new WordGenerator().Identity, dense: null);

    private readonly TemporaryFolder _folder = new();
    private readonly WordGenerator _sparse = new();
    private readonly DenseOfLengths _dense = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 64)]
    public async Task Search_RandomWrites_EqualsCountingAndScoringEach(int seed, int tableRows)
    {
        var random = new Random(seed);
        int[] common = CountedFrequencies.Common(random, 30);
        var model = new InsertionOrderedModel<string, HybridRecord>();
        EmbeddedHybridStore sut = Open(tableRows);
        for (int step = 0; step < Trials.Of(25, slow: 400); step++)
        {
            if (step % 10 == 9)
            {
                sut.Dispose();
                sut = Open(tableRows);
            }

            string[] removed = [.. Enumerable.Range(0, random.Next(5)).Select(_ => $"{random.Next(100)}")];
            Assert.Equal(model.Remove(removed), await sut.DeleteAsync(removed));
            HybridRecord[] added =
                [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Record($"{random.Next(100)}", CountedFrequencies.Hashed(random, common, 10)))];
            model.Upsert(added.Select(record => (record.Id, record)));
            await sut.UpsertAsync(added, Words);
            await CompareAsync(sut, [.. model.Entries.Select(entry => entry.Value)], CountedFrequencies.Hashed(random, common, 10));
        }

        sut.Dispose();
    }

    [Fact]
    public async Task Search_WordsOfAnyFrequency_RanksByTheRareOnes()
    {
        using var store = EmbeddedHybridStore.CreateInMemory();
        var sut = new HybridRetriever(store, _sparse, _dense);
        await sut.AddAsync([new("a", "the the red planet"), new("b", "the hot world"), new("c", "the cold the red world"), new("d", "the hot mercury")]);
        HybridHit best = (await sut.SearchAsync("the hot mercury", new HybridRetrievalOptions { Mode = SearchMode.Hybrid })).Hits[0];
        IReadOnlyList<float> idf = await store.GetIdfAsync(HybridSchema.SparseName, [.. new[] { "the", "hot", "mercury", "never" }.Select(WordGenerator.PositionOf)]);
        Assert.Equal([(float)Math.Log(5 / 4.5), (float)Math.Log(5 / 2.5), (float)Math.Log(5 / 1.5), (float)Math.Log(5 / 0.5)], idf);
        Assert.Equal("d", best.Record.Id);
        Assert.Equal(idf.Take(3).Sum(), best.Sparse!.Value.Score, 1e-5f);
        Assert.Equal(best.Sparse.Value.Score, best.Fusion!.Sides[0].Score);
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(false, false, false)]
    public async Task Search_AnybodySaysThatItIsRequired_Multiplies(bool ofRecords, bool ofQuery, bool ofOptions)
    {
        using var sut = EmbeddedHybridStore.CreateInMemory(options: new SearchIndexOptions { SuppliesIdf = ofOptions });
        HybridRecord record = Record("a", WordGenerator.Encode("word"));
        await (ofRecords ? sut.UpsertAsync([record], Words) : sut.UpsertAsync([record]));
        var query = new HybridQuery { Sparse = WordGenerator.Encode("word"), Mode = SearchMode.Sparse, Models = ofQuery ? Words : null };
        Assert.Equal(ofRecords || ofQuery || ofOptions ? (float)Math.Log(2 / 1.5) : 1, Assert.Single(await sut.SearchAsync(query)).Score);
    }

    [Fact]
    public async Task Members_StoreThatSuppliesNone_RefuseTheEncoder()
    {
        IHybridStore store = new ScoringHybridStore([]);
        var sut = new HybridRetriever(store, _sparse, _dense);
        foreach (Func<Task> refused in new Func<Task>[] { () => sut.SearchAsync("a"), () => sut.AddAsync([new HybridText("a", "a")]) })
        {
            var error = await Assert.ThrowsAsync<NotSupportedException>(refused);
            Assert.Contains("ScoringHybridStore, which does not multiply by the inverse document frequency", error.Message, StringComparison.Ordinal);
            Assert.Contains("'words'", error.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<NotSupportedException>(() => ((IHybridStore)store).GetIdfAsync(HybridSchema.SparseName, [1]));
        Assert.Empty((await sut.SearchAsync("a", new HybridRetrievalOptions { Mode = SearchMode.Dense })).Hits);
        Assert.Empty((await new HybridRetriever(store, new WordGenerator(requiresIdf: false), _dense).SearchAsync("a")).Hits);
    }

    [Fact]
    public async Task OpenAsync_FolderOfSuchAnEncoder_RefusesOthers()
    {
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await new HybridRetriever(store, _sparse, _dense).AddAsync([new("a", "a")]);
        }

        const string Difference = "of the sparse model, the inverse document frequency is the store's to add instead of in the weights";
        var models = HybridModels.Of(new WordGenerator(requiresIdf: false).Identity, dense: null);
        var error = await Assert.ThrowsAsync<SearchStorageException>(() => EmbeddedHybridStore.OpenAsync(_folder.Path, models: models));
        Assert.Contains(Difference, error.Message, StringComparison.Ordinal);
        using EmbeddedHybridStore sut = await EmbeddedHybridStore.OpenAsync(_folder.Path);
        var other = new HybridRetriever(sut, new WordGenerator(requiresIdf: false), _dense);
        Assert.Contains(Difference, (await Assert.ThrowsAsync<ArgumentException>(() => other.SearchAsync("a"))).Message, StringComparison.Ordinal);
    }

    private static HybridRecord Record(string id, SparseVector vector) =>
        new(id, id, vector, new float[] { 1, vector.Count, id.Length }, new Dictionary<string, MetadataValue> { ["count"] = vector.Count });

    private static async Task CompareAsync(EmbeddedHybridStore sut, HybridRecord[] records, SparseVector asked)
    {
        SparseVector weighed = CountedFrequencies.Weigh([.. records.Select(record => record.Sparse)], asked);
        foreach (MetadataFilter? filter in new[] { null, MetadataFilter.AtLeast("count", 4) })
        {
            SearchHit<string>[] expected = [.. records.Where(record => filter?.Matches(record.Metadata) is not false)
                .Select(record => new SearchHit<string>(record.Id, record.Sparse.Dot(weighed)))
                .Where(hit => hit.Score > 0)
                .OrderByDescending(hit => hit.Score)];
            var query = new HybridQuery { Sparse = asked, Dense = new float[] { 1, 2, 3 }, Mode = SearchMode.Sparse, Top = 15, Filter = filter };
            Assert.Equal(expected.Take(15), (await sut.SearchAsync(query)).Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score)));
            IReadOnlyList<HybridHit> fused = await sut.SearchAsync(new HybridQuery
            {
                Sparse = asked,
                Dense = query.Dense,
                Top = 30,
                Candidates = 30,
                Filter = filter,
                Fusion = HybridFusion.MinMax(),
            });
            Assert.All(fused, hit => Assert.Equal(hit.Record.Sparse.Dot(weighed), hit.Fusion!.Sides[0].Score));
        }
    }

    private EmbeddedHybridStore Open(int tableRows) =>
        EmbeddedHybridStore.Open(_folder.Path, HybridSchema.Default, options: null, tableRows, CancellationToken.None);
}
