using Splade.AI.Hybrid;
using Splade.AI.Search;
using Splade.AI.Tests.Search;

namespace Splade.AI.Tests.Hybrid;

/// <summary>The store, with segments that come and are merged, against a dictionary that is scanned.</summary>
public sealed class EmbeddedHybridStorePropertyTests
{
    private const int Terms = 40;
    private const int Dimensions = 5;
    private const int Ids = 150;

    private static readonly string[] Texts = ["", "plain", "naïve café", "\uD83D\uDE00 smile", "half \uD83D of a pair", "\uDE00"];

    [Theory]
    [InlineData(1, 4, false)]
    [InlineData(2, 4, true)]
    [InlineData(3, 16, true)]
    [InlineData(4, 64, false)]
    [InlineData(5, 1024, false)]
    [InlineData(6, 1024, true)]
    public async Task Members_RandomWrites_EqualTheSlowModel(int seed, int tableRows, bool onDisk)
    {
        using var folder = new TemporaryFolder();
        var vectors = new GeneratedVectors(seed);
        var generated = new GeneratedMetadata(seed);
        EmbeddedHybridStore sut = onDisk ? Open(folder.Path, tableRows) : CreateSut(tableRows);
        var model = new InsertionOrderedModel<string, HybridRecord>();
        for (int step = 0; step < Trials.Of(60, slow: 150); step++)
        {
            if (step % 50 == 49)
            {
                await sut.ForceMergeAsync();
            }

            if (onDisk && step % 20 == 19)
            {
                sut.Dispose();
                sut = Open(folder.Path, tableRows);
            }

            string[] removed = [.. Enumerable.Range(0, vectors.Next(4)).Select(_ => $"{vectors.Next(Ids)}")];
            Assert.Equal(model.Remove(removed), await sut.DeleteAsync(removed));
            HybridRecord[] added = [.. Enumerable.Range(0, vectors.Next(12)).Select(_ => new HybridRecord(
                $"{vectors.Next(Ids)}",
                Texts[vectors.Next(Texts.Length)] + vectors.Next(100),
                vectors.Sparse(Terms, 12),
                vectors.Dense(Dimensions),
                generated.Next()))];
            await sut.UpsertAsync(added);
            model.Upsert(added.Select(record => (record.Id, record)));
            (MetadataFilter filter, var means) = generated.Filter();
            if (step % 40 == 39)
            {
                string[] matched = [.. model.Entries.Where(entry => means(entry.Value.Metadata)).Select(entry => entry.Key)];
                Assert.Equal(model.Remove(matched), await sut.DeleteAsync(filter));
            }

            await CompareAsync(sut, [.. model.Entries.Select(entry => entry.Value)], vectors, filter, means);
        }

        await sut.WhenMergedAsync();
        await CompareWholeAsync(sut, [.. model.Entries.Select(entry => entry.Value)]);
        Assert.Empty(await sut.VerifyAsync());
        sut.Dispose();
    }

    private static async Task CompareAsync(
        EmbeddedHybridStore sut,
        HybridRecord[] records,
        GeneratedVectors vectors,
        MetadataFilter filter,
        Func<IReadOnlyDictionary<string, MetadataValue>, bool> means)
    {
        HybridRecord[] matching = [.. records.Where(record => means(record.Metadata))];
        Assert.Equal(records.Length, await sut.CountAsync());
        Assert.Equal(matching.Length, await sut.CountAsync(filter));
        List<HybridRecord> listed = await sut.ListAsync(new HybridListOptions { Filter = filter }).ToListAsync();
        Assert.Equal(matching.Select(record => record.Id), listed.Select(record => record.Id));

        SparseVector sparse = vectors.Sparse(Terms, 12);
        float[] dense = vectors.Dense(Dimensions);
        int top = 1 + vectors.Next(20);
        foreach ((HybridRecord[] among, MetadataFilter? by) in new[] { (records, null), (matching, filter) })
        {
            SearchHit<string>[] bySparse = [.. among.Select(record => new SearchHit<string>(record.Id, record.Sparse.Dot(sparse)))
                .Where(hit => hit.Score > 0).OrderByDescending(hit => hit.Score)];
            SearchHit<string>[] byDense = [.. among.Select(record => new SearchHit<string>(record.Id, Dot(record, dense))).OrderByDescending(hit => hit.Score)];
            foreach (SearchMode mode in Enum.GetValues<SearchMode>())
            {
                var query = new HybridQuery { Sparse = sparse, Dense = dense, Mode = mode, Top = top, Candidates = 30, Filter = by, Fusion = HybridFusion.MinMax() };
                IEnumerable<SearchHit<string>> expected = mode switch
                {
                    SearchMode.Sparse => bySparse,
                    SearchMode.Dense => byDense,
                    _ => HybridFusion.MinMax().Fuse(new HybridCandidates<string>(
                        [.. bySparse.Take(30)],
                        [.. byDense.Take(30)],
                        id => among.First(record => record.Id == id).Sparse.Dot(sparse),
                        id => Dot(among.First(record => record.Id == id), dense))),
                };
                IReadOnlyList<HybridHit> hits = await sut.SearchAsync(query);
                Assert.Equal(expected.Take(top), hits.Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score)));
                Assert.All(hits, hit => AssertEqual(among.First(record => record.Id == hit.Record.Id), hit.Record));
            }
        }
    }

    private static async Task CompareWholeAsync(EmbeddedHybridStore sut, HybridRecord[] records)
    {
        List<HybridRecord> listed = await sut.ListAsync().ToListAsync();
        Assert.Equal(records.Length, listed.Count);
        IReadOnlyList<HybridRecord> got = await sut.GetAsync([.. records.Select(record => record.Id), "never"]);
        Assert.Equal(records.Length, got.Count);
        for (int i = 0; i < records.Length; i++)
        {
            AssertEqual(records[i], listed[i]);
            AssertEqual(records[i], got[i]);
            AssertEqual(records[i], (await sut.GetAsync(records[i].Id))!);
        }
    }

    private static void AssertEqual(HybridRecord expected, HybridRecord found)
    {
        Assert.Equal((expected.Id, expected.Text), (found.Id, found.Text));
        Assert.Equal(expected.Sparse, found.Sparse);
        Assert.Equal(expected.Dense.ToArray(), found.Dense.ToArray());
        Assert.Equal(Described(expected), Described(found));
    }

    /// <summary>With the offsets of dates, which equality passes over.</summary>
    private static IEnumerable<string> Described(HybridRecord record) =>
        record.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key}: {m.Value.Kind} {m.Value}");

    private static float Dot(HybridRecord record, float[] query) => System.Numerics.Tensors.TensorPrimitives.Dot(record.Dense.Span, query);

    private static readonly HybridSchema Schema = HybridSchema.Pair(SimilarityFunction.Dot);

    private static EmbeddedHybridStore CreateSut(int tableRows) => new(Schema, options: null, tableRows);

    private static EmbeddedHybridStore Open(string folder, int tableRows) =>
        EmbeddedHybridStore.Open(folder, Schema, options: null, tableRows, CancellationToken.None);
}
