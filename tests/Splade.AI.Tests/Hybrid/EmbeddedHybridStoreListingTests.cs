using System.Runtime.CompilerServices;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Records by filter, in order, in pages; and the same of stores that can list and nothing more.</summary>
public sealed class EmbeddedHybridStoreListingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ListAsync_GeneratedRecords_EqualsLinq(int seed)
    {
        var random = new Random(seed);
        var generated = new GeneratedMetadata(seed);
        HybridRecord[] records = [.. Enumerable.Range(0, 100).Select(i => Record($"{i}", generated.Next()))];
        EmbeddedHybridStore sut = await CreateSut(records);
        for (int i = 0; i < 100; i++)
        {
            (MetadataFilter filter, var means) = generated.Filter();
            bool descending = random.Next(2) == 0;
            int skip = random.Next(30), top = 1 + random.Next(30);
            IEnumerable<HybridRecord> expected = records.Where(record => means(record.Metadata));
            Func<HybridRecord, double> year = record => record.Metadata.TryGetValue("year", out MetadataValue? value) ? value.AsNumber() : double.NaN;
            IOrderedEnumerable<HybridRecord> known = expected.OrderBy(record => double.IsNaN(year(record)));
            expected = descending ? known.ThenByDescending(year) : known.ThenBy(year);
            expected = ((IOrderedEnumerable<HybridRecord>)expected)
                .ThenBy(record => !record.Metadata.ContainsKey("lang"))
                .ThenBy(record => record.Metadata.GetValueOrDefault("lang")?.AsString(), StringComparer.Ordinal);
            var options = new HybridListOptions { Filter = filter, Sort = [new("year", descending), new("lang")], Skip = skip, Top = top };

            List<string> found = await sut.ListAsync(options).Select(record => record.Id).ToListAsync();

            Assert.Equal(expected.Skip(skip).Take(top).Select(record => record.Id), found);
        }
    }

    [Fact]
    public async Task ListAsync_KindsAndLists_HaveTheirPlaces()
    {
        MetadataValue[] values = [new[] { 1 }, true, 5, "b", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), -1, "a"];
        EmbeddedHybridStore sut = await CreateSut([.. values.Select((value, i) => Record($"{i}", new() { ["x"] = value })), Record("none", [])]);
        async Task<IEnumerable<string>> Ids(bool descending) =>
            await sut.ListAsync(new() { Sort = [new("x", descending)] }).Select(record => record.Id).ToListAsync();
        Assert.Equal(["6", "3", "5", "2", "1", "4", "0", "none"], await Ids(descending: false));
        Assert.Equal(["4", "1", "2", "5", "3", "6", "0", "none"], await Ids(descending: true));
    }

    [Fact]
    public async Task ListAsync_WritesMeanwhile_DoNotShow()
    {
        EmbeddedHybridStore sut = await CreateSut([.. Enumerable.Range(0, 20).Select(i => Record($"{i}", []))]);
        var ids = new List<string>();
        await foreach (HybridRecord record in sut.ListAsync())
        {
            ids.Add(record.Id);
            await sut.DeleteAsync([$"{19 - int.Parse(record.Id, System.Globalization.CultureInfo.InvariantCulture)}"]);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), ids);
        Assert.Equal(0, await sut.CountAsync());
    }

    [Fact]
    public async Task Members_CancelledOrWrong_SaySo()
    {
        EmbeddedHybridStore sut = await CreateSut([Record("1", [])]);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sut.ListAsync(cancellationToken: cancelled).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await sut.ListAsync(new() { Sort = [new("x")] }, cancelled).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.CountAsync(MetadataFilter.All(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.DeleteAsync(MetadataFilter.All(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sut.GetAsync(["1"], HybridRecordParts.All, cancelled));
        await Assert.ThrowsAsync<ArgumentNullException>("filter", () => sut.DeleteAsync((MetadataFilter)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("ids", () => sut.GetAsync((IEnumerable<string>)null!));
        await Assert.ThrowsAsync<ArgumentException>("ids", () => sut.GetAsync(["1", null!]));
        Assert.Throws<ArgumentOutOfRangeException>("Skip", () => new HybridListOptions { Skip = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Top", () => new HybridListOptions { Top = 0 });
        Assert.Throws<ArgumentException>("Sort", () => new HybridListOptions { Sort = [new("")] });
        Assert.Equal(1, await sut.CountAsync());
    }

    [Fact]
    public async Task Defaults_OfAStoreThatLists_DoTheSame()
    {
        EmbeddedHybridStore inner = await CreateSut([.. Enumerable.Range(0, 20).Select(i => Record($"{i}", new() { ["x"] = i }))]);
        IHybridStore sut = new ListingStore(inner);
        Assert.Equal(5, await sut.CountAsync(MetadataFilter.Below("x", 5)));
        Assert.Equal(["3", "1"], (await sut.GetAsync(["3", "never", "1"])).Select(record => record.Id));
        Assert.Equal(5, await sut.DeleteAsync(MetadataFilter.Below("x", 5)));
        Assert.Equal(HybridModels.None, await sut.GetModelsAsync());
        await sut.UpsertAsync([Record("0", [])], HybridModels.Of(null, new DenseModelIdentity { ModelName = "any" }));
        Assert.Equal(16, await sut.CountAsync());
    }

    [Fact]
    public async Task Defaults_OfAStoreThatCannotList_SaySo()
    {
        IHybridStore sut = new TestDoubles.ScoringHybridStore([]);
        Assert.Throws<NotSupportedException>(() => sut.ListAsync());
        await Assert.ThrowsAsync<NotSupportedException>(() => sut.DeleteAsync(MetadataFilter.All()));
    }

    private static HybridRecord Record(string id, Dictionary<string, MetadataValue> metadata) =>
        new(id, $"text {id}", new SparseVector([0], [1], 2), new[] { 1f }, metadata);

    private static async Task<EmbeddedHybridStore> CreateSut(HybridRecord[] records)
    {
        var sut = new EmbeddedHybridStore(HybridSchema.Default, options: null, tableRows: 8);
        foreach (HybridRecord[] batch in records.Chunk(3))
        {
            await sut.UpsertAsync(batch);
        }

        return sut;
    }

    /// <summary>Has the members that have no default, and the list.</summary>
    private sealed class ListingStore(EmbeddedHybridStore inner) : IHybridStore
    {
        public HybridStoreFeatures Features => inner.Features;

        public Task UpsertAsync(IEnumerable<HybridRecord> records, HybridModels? models = null, CancellationToken cancellationToken = default) =>
            inner.UpsertAsync(records, models, cancellationToken);

        public Task<long> DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default) => inner.DeleteAsync(ids, cancellationToken);

        public Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default) =>
            inner.SearchAsync(query, cancellationToken);

        public Task<IReadOnlyList<HybridRecord>> GetAsync(
            IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default) =>
            inner.GetAsync(ids, parts, cancellationToken);

        public Task<long> CountAsync(MetadataFilter? filter = null, CancellationToken cancellationToken = default) => inner.CountAsync(filter, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        public async IAsyncEnumerable<HybridRecord> ListAsync(
            HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (HybridRecord record in inner.ListAsync(options, cancellationToken))
            {
                yield return record;
            }
        }
    }
}
