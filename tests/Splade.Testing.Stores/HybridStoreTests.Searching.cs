using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>Searching: the same hits, scores and reasons as the embedded store, which is compared with plain loops elsewhere.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    [StoreFact]
    public async Task Search_AnyLegsAndFusion_FindsWhatTheEmbeddedStoreFinds()
    {
        HybridRecord[] records = StoreRecords.Make(400);
        IHybridStore sut = await FillAsync(records);
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records);
        var random = new Random(7);
        MetadataFilter filter = MetadataFilter.In("lang", "en", "de") & !MetadataFilter.Equal("draft", true);
        foreach (HybridFusion fusion in new[]
        {
            HybridFusion.Default, HybridFusion.ReciprocalRank(10, sparseWeight: 2, denseWeight: 0.5f), HybridFusion.MinMax(0.3f), HybridFusion.DistributionBased(),
            HybridFusion.TheoreticalMinMax(),
        })
        {
            HybridQueryLeg[] legs = StoreRecords.Query(random);
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = legs, Fusion = fusion });
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = legs, Fusion = fusion, Filter = filter, Top = 25 });
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = [legs[0], legs[2]], Fusion = fusion, Candidates = 20 });
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = legs, Fusion = fusion, Mode = SearchMode.Sparse });
            await AssertSameHitsAsync(
                sut, embedded, new HybridQuery { Legs = [legs[0] with { Weight = 0.5f }, legs[1] with { Weight = 0 }, legs[2] with { Weight = 3 }], Fusion = fusion });
        }
    }

    [StoreFact]
    public async Task Search_OneLeg_FindsTheBestByItsScore()
    {
        HybridRecord[] records = StoreRecords.Make(200);
        IHybridStore sut = await FillAsync(records);
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records);
        foreach (HybridQueryLeg leg in StoreRecords.Query(new Random(5)))
        {
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = [leg], Top = 30 });
            await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = [leg], Filter = MetadataFilter.Exists("year"), Top = 1 });
        }
    }

    [StoreFact]
    public async Task Search_SparseVectorWithoutEntries_LeavesTheRankingToTheOthers()
    {
        IHybridStore sut = await FillAsync(StoreRecords.Make(30));
        var none = new SparseVector([], [], StoreRecords.SparseSize);
        float[] dense = StoreRecords.Dense(new Random(1));
        Assert.Empty(await sut.SearchAsync(new HybridQuery { Legs = [new("splade", none)] }));
        Assert.Equal(
            (await sut.SearchAsync(new HybridQuery { Legs = [new("meaning", dense)] })).Select(hit => hit.Record.Id),
            (await sut.SearchAsync(new HybridQuery { Legs = [new("splade", none), new("meaning", dense)] })).Select(hit => hit.Record.Id));
    }

    [StoreFact]
    public async Task Search_WrongQuery_SaysWhatIsWrong()
    {
        IHybridStore sut = await FillAsync(StoreRecords.Make(3));
        HybridQueryLeg[] legs = StoreRecords.Query(new Random(1));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sut.SearchAsync(null!));
        foreach (HybridQuery wrong in new HybridQuery[]
        {
            new(), new() { Legs = [new("other", legs[0].Vector)] }, new() { Legs = [new("splade", legs[2].Vector)] }, new() { Legs = [legs[0]], Mode = SearchMode.Dense },
            new() { Legs = [new("meaning", new float[3])] }, new() { Legs = [new("splade", new SparseVector([1], [1], 3))] },
        })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => sut.SearchAsync(wrong));
        }
    }

    [StoreFact]
    public async Task Search_StoreOfOneKind_ServesItAndRefusesTheOther()
    {
        HybridRecord[] records = StoreRecords.Make(20);
        IHybridStore sparse = await OpenAsync(new HybridSchema(VectorField.Sparse("splade", StoreRecords.SparseSize)), "a");
        await sparse.UpsertAsync(records.Select(record => With(record, vectors: record.Vectors.Where(vector => vector.Key == "splade").ToDictionary())));
        Assert.Equal("r3", (await sparse.SearchAsync(new HybridQuery { Legs = [new("splade", records[3].Vectors["splade"])] }))[0].Record.Id);
        await Assert.ThrowsAsync<NotSupportedException>(
            () => sparse.SearchAsync(new HybridQuery { Legs = [new("splade", records[3].Vectors["splade"])], Mode = SearchMode.Dense }));
        IHybridStore dense = await OpenAsync(new HybridSchema(VectorField.Dense("meaning", StoreRecords.DenseSize, SimilarityFunction.Dot)), "b");
        await dense.UpsertAsync(records.Select(record => With(record, vectors: record.Vectors.Where(vector => vector.Key == "meaning").ToDictionary())));
        var query = new HybridQuery { Legs = [new("meaning", records[3].Vectors["meaning"])], Top = 20 };
        float[] asked = records[3].Vectors["meaning"].Dense.ToArray();
        Assert.Equal(
            records.OrderByDescending(record => record.Vectors["meaning"].Dense.ToArray().Zip(asked, (x, y) => (double)x * y).Sum()).Select(record => record.Id),
            (await dense.SearchAsync(query)).Select(hit => hit.Record.Id));
        await Assert.ThrowsAsync<NotSupportedException>(() => dense.SearchAsync(new HybridQuery { Legs = query.Legs, Mode = SearchMode.Sparse }));
    }

    [StoreFact]
    public async Task Search_EncoderThatRequiresIdf_IsWeighedByTheStoreOrRefused()
    {
        HybridRecord[] records = StoreRecords.Make(100);
        var models = new HybridModels
        {
            Sparse = new Dictionary<string, SparseModelIdentity> { ["words"] = new() { ModelName = "bm25", Dimensions = StoreRecords.SparseSize, RequiresIdf = true } },
        };
        SparseVector query = StoreRecords.Sparse(new Random(3));
        if (!(await OpenAsync()).Features.SuppliesIdf)
        {
            var generator = new SparseGenerator(models.Sparse["words"]);
            var retriever = new HybridRetriever(_opened[^1], new HybridLeg("words", generator));
            await Assert.ThrowsAsync<NotSupportedException>(() => retriever.SearchAsync("a"));
            await Assert.ThrowsAsync<NotSupportedException>(() => retriever.AddAsync([new HybridText("a", "a")]));
            return;
        }

        IHybridStore sut = _opened[^1];
        await sut.UpsertAsync(records, models);
        await sut.UpsertAsync(records.Take(10), models);
        await sut.DeleteAsync(["r50", "r60"]);
        HybridRecord[] left = [.. records.Where(record => record.Id is not ("r50" or "r60"))];
        int[] positions = query.Indices.ToArray();
        double[] idf = [.. positions.Select(position => left.Count(record => Array.BinarySearch(record.Vectors["words"].Sparse.Indices.ToArray(), position) >= 0))
            .Select(frequency => Math.Log(((left.Length - frequency + 0.5) / (frequency + 0.5)) + 1))];
        IReadOnlyList<float> found = await sut.GetIdfAsync("words", positions);
        Assert.All(idf.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        var weighed = new SparseVector(positions, [.. query.Values.ToArray().Zip(found, (weight, factor) => weight * factor)], StoreRecords.SparseSize);
        foreach (HybridHit hit in await sut.SearchAsync(new HybridQuery { Legs = [new("words", query)], Models = models, Top = 30 }))
        {
            Assert.Equal(hit.Record.Vectors["words"].Sparse.Dot(weighed), hit.Score, 1e-4f);
        }
    }

    /// <summary>The same ids in the same order, but for equal scores; scores, ranks and shares of all legs; sums that come to the score.</summary>
    private async Task AssertSameHitsAsync(IHybridStore sut, EmbeddedHybridStore embedded, HybridQuery query)
    {
        IReadOnlyList<HybridHit> found = await sut.SearchAsync(query), expected = await embedded.SearchAsync(query);
        Assert.Equal(expected.Count, found.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            HybridHit hit = found[i];
            Assert.Equal(i + 1, hit.Rank);
            AssertClose(expected[i].Score, hit.Score);

            // Scores that differ by less than the bound may change places.
            HybridHit same = expected.FirstOrDefault(other => other.Record.Id == hit.Record.Id) ?? expected[^1];
            AssertClose(same.Score, hit.Score);
            if (hit.Fusion is { } fusion && same.Record.Id == hit.Record.Id)
            {
                Assert.Equal(hit.Score, fusion.Sides.Sum(side => side.Contribution), 1e-4);
                Assert.Equal(same.Fusion!.Sides.Select(side => (side.Name, side.Kind, side.Place?.Rank)), fusion.Sides.Select(side => (side.Name, side.Kind, side.Place?.Rank)));
                Assert.All(same.Fusion.Sides.Zip(fusion.Sides).Where(pair => pair.First.Score is not null), pair => AssertClose(pair.First.Score!.Value, pair.Second.Score!.Value));
            }
        }
    }

    private void AssertClose(double expected, double found) => Assert.True(
        Math.Abs(expected - found) <= Math.Max(fixture.Tolerance, 1e-6) * Math.Max(1, Math.Abs(expected)), $"Expected {expected}, found {found}.");

    private sealed class SparseGenerator(SparseModelIdentity identity) : IEmbeddingGenerator<string, SparseEmbedding>
    {
        public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(_ => new SparseEmbedding(new SparseVector([1], [1], identity.Dimensions)))));

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(SparseModelIdentity) ? identity : null;

        public void Dispose()
        {
        }
    }
}
