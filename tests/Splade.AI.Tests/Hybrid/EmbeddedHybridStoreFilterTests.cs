using System.Numerics.Tensors;
using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>Filters in large segments, of which they leave many rows, few or none, and while others write.</summary>
[Collection(RunsAlone.Name)]
public sealed class EmbeddedHybridStoreFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task SearchAsync_FiltersOfAnyShare_EqualsScoringEach(int threads)
    {
        const int Rows = 20_000;
        var vectors = new GeneratedVectors(1);
        HybridRecord[] records = [.. Enumerable.Range(0, Rows).Select(i => new HybridRecord(
            $"{i}", "t", vectors.Sparse(300, 20), vectors.Dense(8), new Dictionary<string, MetadataValue> { ["number"] = i, ["third"] = i % 3 == 0 }))];
        EmbeddedHybridStore sut = CreateSut(tableRows: 1024, threads);
        await sut.UpsertAsync(records[..15_000]);
        await sut.UpsertAsync(records[15_000..19_500]);
        await sut.UpsertAsync(records[19_500..]);
        await sut.DeleteAsync(records.Where((_, i) => i % 7 == 5).Select(record => record.Id));
        foreach (int share in new[] { 0, 1, 5, 50, 70, 500, 15_100, Rows })
        {
            MetadataFilter filter = MetadataFilter.Below("number", share) | MetadataFilter.AtLeast("number", Rows - (share / 3));
            HybridRecord[] among = [.. records.Where((_, i) => (i < share || i >= Rows - (share / 3)) && i % 7 != 5)];
            Assert.Equal(among.Length, await sut.CountAsync(filter));
            for (int i = 0; i < 5; i++)
            {
                SparseVector sparse = vectors.Sparse(300, 20);
                float[] dense = vectors.Dense(8);
                Assert.Equal(
                    Best(among.Select(r => new SearchHit<string>(r.Id, r.Sparse.Dot(sparse))).Where(hit => hit.Score > 0)),
                    await HitsAsync(sut, new HybridQuery { Sparse = sparse, Mode = SearchMode.Sparse, Top = 20, Filter = filter }));
                Assert.Equal(
                    Best(among.Select(r => new SearchHit<string>(r.Id, TensorPrimitives.Dot(r.Dense.Span, dense)))),
                    await HitsAsync(sut, new HybridQuery { Dense = dense, Mode = SearchMode.Dense, Top = 20, Filter = filter }));
            }
        }
    }

    [Fact]
    public async Task SearchAsync_FilterWhileOthersWriteAndMerge_SeesWholeRecordsAndBatches()
    {
        // Each batch replaces all records by ones of the next generation; text, metadata, both vectors and the number of hits tell mixtures.
        const int Records = 40;
        EmbeddedHybridStore sut = CreateSut(tableRows: 16, threads: 2);
        var even = MetadataFilter.Equal("even", true);
        Task Write(int generation) => sut.UpsertAsync(Enumerable.Range(0, Records).Select(i => new HybridRecord(
            $"{i}",
            $"{generation}",
            new SparseVector([1], [generation], 4),
            new float[] { generation, 0 },
            new Dictionary<string, MetadataValue> { ["even"] = i % 2 == 0, ["generation"] = generation })));
        await Write(1);
        using var done = new CancellationTokenSource();
        Task[] readers = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(ReadAsync))];
        for (int generation = 2; generation <= 200; generation++)
        {
            await Write(generation);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        await sut.WhenMergedAsync();

        async Task ReadAsync()
        {
            var query = new HybridQuery { Sparse = new SparseVector([1], [1], 4), Dense = new[] { 1f, 0 }, Top = Records, Filter = even };
            do
            {
                IReadOnlyList<HybridHit> hits = await sut.SearchAsync(query);
                Assert.Equal(Records / 2, hits.Count);
                string text = hits[0].Record.Text;
                Assert.DoesNotContain(hits, hit => hit.Record.Text != text || $"{hit.Sparse?.Score}" != text || $"{hit.Dense?.Score}" != text
                    || $"{hit.Record.Metadata["generation"]}" != text || !hit.Record.Metadata["even"].AsBoolean());
                Assert.Equal(Records / 2, await sut.CountAsync(even));
                List<HybridRecord> listed = await sut.ListAsync().ToListAsync();
                Assert.Equal(Records, listed.Count);
                Assert.Single(listed.Select(record => record.Text).Distinct());
                await Task.Delay(1);
            }
            while (!done.IsCancellationRequested);
        }
    }

    private static IEnumerable<SearchHit<string>> Best(IEnumerable<SearchHit<string>> hits) => hits.OrderByDescending(hit => hit.Score).Take(20);

    private static async Task<IEnumerable<SearchHit<string>>> HitsAsync(EmbeddedHybridStore sut, HybridQuery query) =>
        (await sut.SearchAsync(query)).Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score));

    private static readonly HybridSchema Schema = HybridSchema.Pair(SimilarityFunction.Dot);

    private static EmbeddedHybridStore CreateSut(int tableRows, int threads) => new(
        Schema,
        new SearchIndexOptions { SearchThreads = threads },
        tableRows);
}
