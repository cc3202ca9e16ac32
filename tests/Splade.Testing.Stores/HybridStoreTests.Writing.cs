using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>Writing.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    [StoreFact]
    public async Task Upsert_NewRecords_ComeBackAsTheyWent()
    {
        HybridRecord[] records = StoreRecords.Make(50);
        IHybridStore sut = await FillAsync(records);
        IReadOnlyList<HybridRecord> found = await sut.GetAsync(records.Select(record => record.Id));
        Assert.Equal(records.Length, found.Count);
        Assert.All(records.Zip(found), pair => AssertSame(pair.First, pair.Second, sut.Features.KeepsVectorBits));
        Assert.Equal(records.Length, await sut.CountAsync());
    }

    [StoreFact]
    public async Task Upsert_ValuesOfAllKinds_KeepTheirKindsAndOrder()
    {
        var metadata = new Dictionary<string, MetadataValue>
        {
            ["text"] = "2024",
            ["number"] = 2024,
            ["large"] = 1e300,
            ["small"] = -0.1,
            ["yes"] = true,
            ["empty"] = Array.Empty<string>(),
            ["list"] = MetadataValue.FromList([1, "1", true, new DateTimeOffset(2024, 5, 1, 12, 30, 0, TimeSpan.FromHours(5.5)), "a"]),
            ["date"] = new DateTimeOffset(2024, 5, 1, 0, 0, 0, 123, TimeSpan.FromHours(-3)),
            ["dots.and\"quotes'"] = "a\\b\n\t",
            ["漢字"] = "🌍",
            [" "] = "",
        };
        HybridRecord record = With(StoreRecords.Make(1)[0], metadata: metadata);
        IHybridStore sut = await FillAsync(record);
        AssertSame(record, Assert.Single(await sut.GetAsync([record.Id])), sut.Features.KeepsVectorBits);
    }

    [StoreFact]
    public async Task Upsert_IdsOfAnyText_StayApart()
    {
        string[] ids = ["a", "A", "é", "e\u0301", "a/b?c=d#e", "'; drop table x; --", "\"", " ", "a ", new string('x', 300), "🌍", "{0}", "%2F", "00000000-0000-0000-0000-000000000001"];
        var random = new Random(3);
        HybridRecord[] records = [.. ids.Select(id => StoreRecords.Make(id, random))];
        IHybridStore sut = await FillAsync(records);
        Assert.Equal(ids.Length, await sut.CountAsync());
        Assert.Equal(records.Select(record => record.Text), (await sut.GetAsync(ids)).Select(record => record.Text));
        Assert.Equal(1, await sut.DeleteAsync(["é"]));
        Assert.NotNull(await sut.GetAsync("e\u0301"));
        Assert.Null(await sut.GetAsync("é"));
    }

    [StoreFact]
    public async Task Upsert_IdThatIsThere_ReplacesAllOfTheRecord()
    {
        HybridRecord[] records = StoreRecords.Make(5);
        IHybridStore sut = await FillAsync(records);
        HybridRecord other = With(StoreRecords.Make(6, seed: 9)[5], id: "r2", metadata: new Dictionary<string, MetadataValue> { ["lang"] = "fr" });
        await sut.UpsertAsync([other]);
        Assert.Equal(5, await sut.CountAsync());
        AssertSame(other, (await sut.GetAsync("r2"))!, sut.Features.KeepsVectorBits);
        Assert.Equal(1, await sut.CountAsync(MetadataFilter.Equal("lang", "fr")));
    }

    [StoreFact]
    public async Task Upsert_TwoOfOneId_TheLastStays()
    {
        HybridRecord[] records = StoreRecords.Make(3);
        IHybridStore sut = await FillAsync(records[0], With(records[1], id: "r0"), records[2], With(records[1], id: "r0", text: "last"));
        Assert.Equal(2, await sut.CountAsync());
        Assert.Equal("last", (await sut.GetAsync("r0"))!.Text);
    }

    [StoreFact]
    public async Task Upsert_Nothing_DoesNothing()
    {
        IHybridStore sut = await FillAsync();
        Assert.Equal(0, await sut.CountAsync());
        Assert.Empty(await ListAsync(sut));
        Assert.Empty(await sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)) }));
    }

    [StoreFact]
    public async Task Upsert_RecordThatDoesNotFit_PutsNothingIn()
    {
        HybridRecord good = StoreRecords.Make(1)[0];
        IHybridStore sut = await OpenAsync();
        foreach ((string name, HybridVector vector) in new (string, HybridVector)[]
        {
            ("meaning", new float[StoreRecords.DenseSize + 1]), ("splade", new SparseVector([1], [1], StoreRecords.SparseSize + 1)),
            ("meaning", StoreRecords.Sparse(new Random(1))), ("other", StoreRecords.Dense(new Random(1))), ("meaning", new float[StoreRecords.DenseSize]),
            ("meaning", new[] { float.NaN, 1, 1, 1, 1, 1, 1, 1 }),
        })
        {
            HybridRecord bad = With(good, id: "bad", vectors: new Dictionary<string, HybridVector>(good.Vectors) { [name] = vector });
            var error = await Assert.ThrowsAnyAsync<ArgumentException>(() => sut.UpsertAsync([good, bad]));
            Assert.Contains("'bad'", error.Message, StringComparison.Ordinal);
            Assert.Equal(0, await sut.CountAsync());
        }

        await Assert.ThrowsAsync<ArgumentException>(() => sut.UpsertAsync([good, null!]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sut.UpsertAsync(null!));
        Assert.Equal(0, await sut.CountAsync());
    }

    [StoreFact]
    public async Task Delete_Ids_TakesOutThoseThatAreThere()
    {
        IHybridStore sut = await FillAsync(StoreRecords.Make(10));
        Assert.Equal(3, await sut.DeleteAsync(["r1", "never", "r3", "r5", "r1"]));
        Assert.Equal(0, await sut.DeleteAsync(["r1"]));
        Assert.Equal(0, await sut.DeleteAsync(Array.Empty<string>()));
        Assert.Equal(7, await sut.CountAsync());
        Assert.Equal(Sorted(["r0", "r2", "r4", "r6", "r7", "r8", "r9"]), Sorted(await IdsAsync(sut)));
        Assert.DoesNotContain(await sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)) }), hit => hit.Record.Id == "r1");
    }

    [StoreFact]
    public async Task Delete_Filter_TakesOutWhatMatches()
    {
        HybridRecord[] records = StoreRecords.Make(60);
        IHybridStore sut = await FillAsync(records);
        MetadataFilter filter = MetadataFilter.Equal("lang", "de") & !MetadataFilter.Equal("draft", true);
        int matching = records.Count(record => filter.Matches(record.Metadata));
        Assert.True(matching > 5);
        Assert.Equal(matching, await sut.DeleteAsync(filter));
        Assert.Equal(0, await sut.DeleteAsync(filter));
        Assert.Equal(records.Length - matching, await sut.CountAsync());
        Assert.Equal(Sorted(records.Where(record => !filter.Matches(record.Metadata)).Select(record => record.Id)), Sorted(await IdsAsync(sut)));
    }

    [StoreFact]
    public async Task Upsert_RecordWithoutAVector_IsNotFoundByIt()
    {
        HybridRecord[] records = StoreRecords.Make(20);
        HybridRecord half = With(records[0], vectors: records[0].Vectors.Where(vector => vector.Key == "words").ToDictionary());
        IHybridStore sut = await FillAsync([half, .. records[1..]]);
        AssertSame(half, (await sut.GetAsync("r0"))!, sut.Features.KeepsVectorBits);
        var query = new HybridQuery { Legs = [new("splade", records[0].Vectors["splade"]), new("meaning", records[0].Vectors["meaning"])], Top = 100 };
        Assert.DoesNotContain(await sut.SearchAsync(query), hit => hit.Record.Id == "r0");
        Assert.Equal("r0", (await sut.SearchAsync(new HybridQuery { Legs = [new("words", records[0].Vectors["words"])] }))[0].Record.Id);
    }

    [StoreFact]
    public async Task Upsert_TenThousandInBatches_AreAllThere()
    {
        HybridRecord[] records = StoreRecords.Make(10_000);
        IHybridStore sut = await OpenAsync();
        foreach (HybridRecord[] batch in records.Chunk(1_000))
        {
            await sut.UpsertAsync(batch);
        }

        Assert.Equal(records.Length, await sut.CountAsync());
        MetadataFilter filter = MetadataFilter.Equal("lang", "en") & MetadataFilter.Equal("tags", "t1");
        Assert.Equal(records.Count(record => filter.Matches(record.Metadata)), await sut.CountAsync(filter));
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records);
        await AssertSameHitsAsync(sut, embedded, new HybridQuery { Legs = StoreRecords.Query(new Random(4)), Top = 20 });
        Assert.Equal(10_000, await sut.DeleteAsync(MetadataFilter.All()));
        Assert.Equal(0, await sut.CountAsync());
    }

    private static HybridRecord With(
        HybridRecord record,
        string? id = null,
        string? text = null,
        IReadOnlyDictionary<string, HybridVector>? vectors = null,
        IReadOnlyDictionary<string, MetadataValue>? metadata = null) => new(id ?? record.Id, text ?? record.Text, vectors ?? record.Vectors, metadata ?? record.Metadata);
}
