using Grpc.Net.Client;
using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Points;
using Splade.AI.Qdrant.Tests.TestDoubles;
using Splade.AI.Search;
using Splade.Testing.Stores;
using CollectionsClient = Qdrant.Client.Grpc.Collections.CollectionsClient;
using PointsClient = Qdrant.Client.Grpc.Points.PointsClient;

namespace Splade.AI.Qdrant.Tests.Stores;

/// <summary>What is this store's own, against a server.</summary>
[Collection(QdrantTests.Name)]
public sealed class QdrantHybridStoreTests
{
    [QdrantFact]
    public async Task Search_FusedByTheServer_IsRankedAsHere()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        await using QdrantHybridStore here = await QdrantHybridStore.OpenAsync(options);
        options.FuseOnServer = true;
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        await here.UpsertAsync(StoreRecords.Make(300));
        HybridQueryLeg[] legs = StoreRecords.Query(new Random(2));

        // The server scores a record by the legs that returned it, and by no others.
        var found = new List<CandidateLeg<string>>();
        foreach (HybridQueryLeg leg in legs)
        {
            IReadOnlyList<HybridHit> hits = await here.SearchAsync(new HybridQuery { Legs = [leg], Top = 50, Filter = MetadataFilter.Equal("lang", "en") });
            found.Add(new CandidateLeg<string>(leg.Name, leg.Vector.Kind, [.. hits.Select(hit => new SearchHit<string>(hit.Record.Id, hit.Score))]));
        }

        foreach (HybridFusion fusion in new[] { HybridFusion.Default, HybridFusion.ReciprocalRank(5), HybridFusion.DistributionBased() })
        {
            IReadOnlyList<(string Id, FusionExplanation Fusion)> expected = fusion.Rank(found, 20);
            IReadOnlyList<HybridHit> fused = await sut.SearchAsync(
                new HybridQuery { Legs = legs, Fusion = fusion, Filter = MetadataFilter.Equal("lang", "en"), Candidates = 50, Top = 20 });
            Assert.All(expected.Zip(fused), pair => Assert.Equal(pair.First.Fusion.Score, pair.Second.Score, 1e-4f));
            Assert.Equal((20, expected[0].Id), (fused.Count, fused[0].Record.Id));
            Assert.All(fused, hit => Assert.Null(hit.Fusion));
        }
    }

    [QdrantFact]
    public async Task Search_FusionThatTheServerDoesNotHave_IsRefusedByName()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        options.FuseOnServer = true;
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        HybridQueryLeg[] legs = StoreRecords.Query(new Random(2));
        foreach ((HybridQuery query, string expected) in new[]
        {
            (new HybridQuery { Legs = legs, Fusion = HybridFusion.MinMax() }, "min-max"), (new HybridQuery { Legs = legs, Fusion = HybridFusion.ReciprocalRank(sparseWeight: 2) }, "weight"),
            (new HybridQuery { Legs = [legs[0] with { Weight = 3 }, legs[1], legs[2]] }, "'splade' 3"),
        })
        {
            Assert.Contains(expected, (await Assert.ThrowsAsync<NotSupportedException>(() => sut.SearchAsync(query))).Message, StringComparison.Ordinal);
        }
    }

    [QdrantFact]
    public async Task Tenants_OneCollection_SeeTheirOwnOnly()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        options.Tenant = "a";
        await using QdrantHybridStore a = await QdrantHybridStore.OpenAsync(options);
        QdrantHybridStore b = a.ForTenant("b");
        HybridRecord[] records = StoreRecords.Make(30);
        await a.UpsertAsync(records);
        await b.UpsertAsync(StoreRecords.Make(10, seed: 2));
        Assert.Equal((30, 10), (await a.CountAsync(), await b.CountAsync()));
        Assert.NotEqual((await a.GetAsync("r1"))!.Text, (await b.GetAsync("r1"))!.Text);
        Assert.Null(await b.GetAsync("r20"));
        HybridQuery query = new() { Legs = StoreRecords.Query(new Random(1)), Top = 50, Fusion = HybridFusion.MinMax() };
        Assert.All(await b.SearchAsync(query), hit => Assert.DoesNotContain(hit.Record.Text, records.Select(record => record.Text)));
        Assert.Equal(10, (await b.ListAsync().ToListAsync()).Count);
        Assert.Equal(0, await b.DeleteAsync(["r20"]));
        Assert.Equal(10, await b.DeleteAsync(MetadataFilter.All()));
        Assert.Equal(30, await a.CountAsync());
        options.Tenant = null;
        Assert.Contains("tenants", (await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(options))).Message, StringComparison.Ordinal);
    }

    [QdrantFact]
    public async Task Search_VectorOfAModelThatRequiresIdf_IsWeighedByTheServer()
    {
        var models = new HybridModels
        {
            Sparse = new Dictionary<string, SparseModelIdentity> { ["words"] = new() { ModelName = "bm25", Dimensions = StoreRecords.SparseSize, RequiresIdf = true } },
        };
        QdrantHybridStoreOptions options = await OptionsAsync();
        options.Schema = new HybridSchema(StoreRecords.Schema.Vectors) { Models = models };
        HybridRecord[] records = StoreRecords.Make(100);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        await sut.UpsertAsync(records, models);
        using var embedded = EmbeddedHybridStore.CreateInMemory(options.Schema);
        await embedded.UpsertAsync(records, models);
        Assert.True(sut.Features.SuppliesIdf);
        var query = new HybridQuery { Legs = [.. StoreRecords.Query(new Random(3)).Take(2)], Models = models };
        IReadOnlyList<HybridHit> expected = await embedded.SearchAsync(query), found = await sut.SearchAsync(query);
        Assert.Equal(expected.Select(hit => hit.Record.Id), found.Select(hit => hit.Record.Id));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Fusion!.Sides[1].Score!.Value, pair.Second.Fusion!.Sides[1].Score!.Value, 1e-4f));

        // Of tenants each is weighed by their own records.
        QdrantHybridStoreOptions shared = options.Clone();
        (shared.Tenant, shared.CollectionName) = ("a", options.CollectionName + "t");
        await using QdrantHybridStore tenant = await QdrantHybridStore.OpenAsync(shared);
        await tenant.UpsertAsync(records, models);
        await tenant.ForTenant("b").UpsertAsync(StoreRecords.Make(200, seed: 5), models);
        Assert.All(expected.Zip(await tenant.SearchAsync(query)), pair => Assert.Equal(pair.First.Fusion!.Sides[1].Score!.Value, pair.Second.Fusion!.Sides[1].Score!.Value, 1e-4f));

        // The vector that was made without it is refused to such a model.
        var others = new HybridModels { Sparse = new Dictionary<string, SparseModelIdentity> { ["splade"] = models.Sparse["words"] } };
        await Assert.ThrowsAsync<NotSupportedException>(() => sut.SearchAsync(new HybridQuery { Legs = query.Legs, Models = others }));
        options.Schema = new HybridSchema(StoreRecords.Schema.Vectors);
        await using QdrantHybridStore again = await QdrantHybridStore.OpenAsync(options);
        Assert.True((await again.GetModelsAsync()).Sparse["words"].RequiresIdf);
    }

    [QdrantFact]
    public async Task Get_PointThatSaysItIsAnother_IsAnError()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        HybridRecord[] records = StoreRecords.Make(2);
        await sut.UpsertAsync(records);

        // As if two ids had met in one point.
        using var channel = GrpcChannel.ForAddress(options.Endpoint);
        var payload = new SetPayloadPoints
        {
            CollectionName = options.CollectionName,
            Wait = true,
            Payload = { ["id"] = new Value { StringValue = "r0" } },
            PointsSelector = new PointsSelector { Points = new PointsIdsList { Ids = { PointIds.ToPoint(new PointIds(null).Of("r1")) } } },
        };
        await new PointsClient(channel).SetPayloadAsync(payload);
        Assert.Equal(records[0].Text, (await sut.GetAsync("r0"))!.Text);
        Assert.Contains("'r0'", (await Assert.ThrowsAsync<HybridStoreException>(() => sut.GetAsync("r1"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HybridStoreException>(async () => await sut.ListAsync().ToListAsync());
    }

    [QdrantFact]
    public async Task Models_OfTheFirstRecords_AreTheCollections()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        await using QdrantHybridStore first = await QdrantHybridStore.OpenAsync(options), second = await QdrantHybridStore.OpenAsync(options);
        HybridRecord[] records = StoreRecords.Make(2);
        await first.UpsertAsync(records, ModelsOf("splade-a"));

        // It was opened before anybody knew.
        var error = await Assert.ThrowsAsync<ArgumentException>(() => second.UpsertAsync(records, ModelsOf("splade-b")));
        Assert.Contains("'splade-a' instead of 'splade-b'", error.Message, StringComparison.Ordinal);
        await first.DeleteAsync(MetadataFilter.All());
        await Assert.ThrowsAsync<ArgumentException>(() => second.UpsertAsync(records, ModelsOf("splade-b")));
        options.Schema = new HybridSchema(StoreRecords.Schema.Vectors) { Models = ModelsOf("splade-b") };
        await Assert.ThrowsAsync<HybridStoreException>(() => QdrantHybridStore.OpenAsync(options));
    }

    [QdrantFact]
    public async Task Models_OfRecordsThatCameWithout_StayUnknown()
    {
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(await OptionsAsync());
        HybridRecord[] records = StoreRecords.Make(2);
        await sut.UpsertAsync(records);
        await sut.UpsertAsync(records, ModelsOf("splade-a"));
        await sut.UpsertAsync(records, ModelsOf("splade-b"));
        Assert.Empty((await sut.GetModelsAsync()).Sparse);
    }

    [QdrantFact]
    public async Task BulkLoad_BegunAndEnded_LeavesTheThresholdAsItWas()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        options.ConfigureCollection = request => request.OptimizersConfig = new OptimizersConfigDiff { IndexingThreshold = 12345 };
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        await sut.BeginBulkLoadAsync();
        await sut.BeginBulkLoadAsync();
        Assert.Equal(0ul, await ThresholdAsync(options));
        await sut.UpsertAsync(StoreRecords.Make(10));

        // Another process ends what a killed one began.
        await using QdrantHybridStore other = await QdrantHybridStore.OpenAsync(options);
        await other.EndBulkLoadAsync();
        Assert.Equal(12345ul, await ThresholdAsync(options));
        await sut.EndBulkLoadAsync();
        await sut.BeginBulkLoadAsync();
        Assert.Equal(0ul, await ThresholdAsync(options));
        await sut.EndBulkLoadAsync();
        Assert.Equal(12345ul, await ThresholdAsync(options));
    }

    // Where a list is cut between equal scores, no fused score depends on which of them it has.
    [QdrantFact]
    public async Task Search_CutBetweenEqualScores_IsAsInTheEmbeddedStore()
    {
        HybridRecord[] records = [.. StoreRecords.Make(30).Select((record, i) => new HybridRecord(record.Id, record.Text, new Dictionary<string, HybridVector>
        {
            ["splade"] = new SparseVector([i % 3], [1], StoreRecords.SparseSize),
            ["meaning"] = record.Vectors["meaning"],
        }))];
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(await OptionsAsync());
        await sut.UpsertAsync(records);
        using var embedded = EmbeddedHybridStore.CreateInMemory(StoreRecords.Schema);
        await embedded.UpsertAsync(records);
        HybridQueryLeg[] legs = [new("splade", new SparseVector([1], [1], StoreRecords.SparseSize)), new("meaning", StoreRecords.Dense(new Random(1)))];
        var query = new HybridQuery { Legs = legs, Candidates = 4, Top = 4 };
        Dictionary<string, float> expected = (await embedded.SearchAsync(query)).ToDictionary(hit => hit.Record.Id, hit => hit.Score);
        IReadOnlyList<HybridHit> found = await sut.SearchAsync(query);
        Assert.All(found.Where(hit => expected.ContainsKey(hit.Record.Id)), hit => Assert.Equal(expected[hit.Record.Id], hit.Score));
        Assert.Equal(expected.Values.Max(), found[0].Score);
        Assert.All(found.Where(hit => hit.Fusion!.Sides[0].Score > 0), hit => Assert.Equal(1, hit.Fusion!.Sides[0].Place!.Value.Rank));
    }

    [QdrantFact]
    public async Task Filters_ServerThatWantsIndexes_HasThem()
    {
        QdrantHybridStoreOptions options = await OptionsAsync();
        options.Indexes = [new("lang", MetadataKind.Text), new("year", MetadataKind.Number)];
        options.ConfigureCollection = request => request.StrictModeConfig =
            new StrictModeConfig { Enabled = true, UnindexedFilteringRetrieve = false, UnindexedFilteringUpdate = false };
        HybridRecord[] records = StoreRecords.Make(40);
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        await sut.UpsertAsync(records);
        MetadataFilter filter = MetadataFilter.Equal("lang", "en") & (MetadataFilter.AtLeast("year", 2005) | !MetadataFilter.Exists("year"));
        Assert.Equal(records.Count(record => filter.Matches(record.Metadata)), await sut.CountAsync(filter));
        Assert.Contains("Indexes", (await Assert.ThrowsAsync<HybridStoreException>(() => sut.CountAsync(MetadataFilter.Equal("tags", "t1")))).Message);
        Assert.Equal(records.Count(record => filter.Matches(record.Metadata)), await sut.DeleteAsync(filter));
    }

    // A text that looks like a date is none, and 2024 is not "2024".
    [QdrantFact]
    public async Task Filters_KindsThatLookAlike_StayApart()
    {
        var date = new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero);
        MetadataValue[] values = [date, "2024-05-01T10:00:00.000000Z", 2024, "2024", true, "true", 2024.5, date.AddTicks(10)];
        HybridRecord[] records = [.. values.Select((value, i) => new HybridRecord($"v{i}", "t", StoreRecords.Make(1)[0].Vectors, new Dictionary<string, MetadataValue> { ["f"] = value }))];
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(await OptionsAsync());
        await sut.UpsertAsync(records);
        for (int i = 0; i < values.Length; i++)
        {
            HybridRecord found = Assert.Single(await sut.ListAsync(new HybridListOptions { Filter = MetadataFilter.Equal("f", values[i]) }).ToListAsync());
            Assert.Equal($"v{i}", found.Id);
            Assert.Equal(values[i], found.Metadata["f"]);
        }

        Assert.Equal(2, await sut.CountAsync(MetadataFilter.AtLeast("f", date)));
        Assert.Equal(2, await sut.CountAsync(MetadataFilter.AtLeast("f", 2000)));
    }

    [QdrantFact]
    public async Task Get_ManyLargeVectors_AreNotTooMuchForOneAnswer()
    {
        QdrantHybridStoreOptions options = await QdrantServer.OptionsAsync();
        options.Schema = new HybridSchema(VectorField.Dense("dense", 4096, SimilarityFunction.Dot));
        await using QdrantHybridStore sut = await QdrantHybridStore.OpenAsync(options);
        var random = new Random(1);
        HybridRecord[] records =
        [
            .. Enumerable.Range(0, 300).Select(i => new HybridRecord(
                $"r{i}", "t", new Dictionary<string, HybridVector> { ["dense"] = Enumerable.Range(0, 4096).Select(_ => random.NextSingle()).ToArray() })),
        ];
        await sut.UpsertAsync(records);
        Assert.True(sut.Features.KeepsVectorBits);
        IReadOnlyList<HybridRecord> found = await sut.GetAsync(records.Select(record => record.Id));
        Assert.All(records.Zip(found), pair => Assert.Equal(pair.First.Dense.ToArray(), pair.Second.Dense.ToArray()));
        Assert.Equal(300, (await sut.ListAsync().ToListAsync()).Count);
    }

    private static async Task<QdrantHybridStoreOptions> OptionsAsync()
    {
        QdrantHybridStoreOptions options = await QdrantServer.OptionsAsync();
        options.Schema = StoreRecords.Schema;
        return options;
    }

    private static HybridModels ModelsOf(string name) =>
        new() { Sparse = new Dictionary<string, SparseModelIdentity> { ["splade"] = new() { ModelName = name, Dimensions = StoreRecords.SparseSize } } };

    private static async Task<ulong> ThresholdAsync(QdrantHybridStoreOptions options)
    {
        using var channel = GrpcChannel.ForAddress(options.Endpoint);
        GetCollectionInfoResponse info = await new CollectionsClient(channel).GetAsync(
            new GetCollectionInfoRequest { CollectionName = options.CollectionName });
        return info.Result.Config.OptimizerConfig.IndexingThreshold;
    }
}
