using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>Reading, listing and filtering.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    [StoreFact]
    public async Task Get_Ids_ComeInTheirOrder()
    {
        IHybridStore sut = await FillAsync(StoreRecords.Make(10));
        Assert.Equal(["r7", "r2", "r9"], (await sut.GetAsync(["r7", "never", "r2", "r9"])).Select(record => record.Id));
        Assert.Null(await sut.GetAsync("never"));
        Assert.Empty(await sut.GetAsync(Array.Empty<string>()));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sut.GetAsync((string)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sut.GetAsync((IEnumerable<string>)null!));
    }

    [StoreFact]
    public async Task Members_IdsThatNoRecordCanHave_ArePassedOver()
    {
        IHybridStore sut = await FillAsync(StoreRecords.Make(2));
        string[] ids = ["", "\0", "\ud83c", "a\udf0d", new string('x', 5000)];
        Assert.Equal(["r1"], (await sut.GetAsync([.. ids, "r1"])).Select(record => record.Id));
        Assert.Equal(1, await sut.DeleteAsync([.. ids, "r0"]));
        Assert.All(ids, id => Assert.Null(sut.GetAsync(id).Result));
    }

    [StoreFact]
    public async Task Get_SomeParts_SaysWhatWasNotRead()
    {
        HybridRecord[] records = StoreRecords.Make(3);
        IHybridStore sut = await FillAsync(records);
        HybridRecord text = (await sut.GetAsync("r1", HybridRecordParts.Text))!;
        Assert.Equal(records[1].Text, text.Text);
        Assert.Equal(HybridRecordParts.Text, text.Parts);
        Assert.Throws<InvalidOperationException>(() => text.Metadata);
        Assert.Throws<InvalidOperationException>(() => text.Sparse);
        Assert.Empty(text.Vectors);
        HybridRecord sparse = (await sut.GetAsync("r1", HybridRecordParts.Sparse | HybridRecordParts.Metadata))!;
        Assert.Equal(["splade", "words"], sparse.Vectors.Keys);
        Assert.Equal(Described(records[1]), Described(sparse));
        Assert.Throws<InvalidOperationException>(() => sparse.Text);
        Assert.Throws<InvalidOperationException>(() => sparse.Dense);
        HybridHit hit = (await sut.SearchAsync(new HybridQuery { Legs = [new("splade", records[1].Vectors["splade"])], Parts = HybridRecordParts.None }))[0];
        Assert.Equal(("r1", HybridRecordParts.None), (hit.Record.Id, hit.Record.Parts));
    }

    [StoreFact]
    public async Task List_All_ComesOnceEach()
    {
        HybridRecord[] records = StoreRecords.Make(300);
        IHybridStore sut = await FillAsync(records);
        await sut.UpsertAsync([records[4]]);
        string[] inserted = [.. records.Select(record => record.Id).Where(id => id != "r4"), "r4"];
        string[] listed = await IdsAsync(sut);
        Assert.Equal(Sorted(inserted), Sorted(listed));
        Assert.Equal(listed, await IdsAsync(sut));
        if (sut.Features.InsertionOrder)
        {
            Assert.Equal(inserted, listed);
        }
    }

    [StoreFact]
    public async Task List_PageByPage_ComesOnceEach()
    {
        HybridRecord[] records = StoreRecords.Make(100);
        IHybridStore sut = await FillAsync(records);
        MetadataFilter filter = !MetadataFilter.Equal("lang", "en");
        var options = new HybridListOptions { Filter = filter, Top = 7, Parts = HybridRecordParts.None };
        var all = new List<string>();
        for (string[] page = await IdsAsync(sut, options); page.Length > 0; page = await IdsAsync(sut, options))
        {
            all.AddRange(page);
            options.After = page[^1];

            // What is taken out before the place changes nothing.
            await sut.DeleteAsync(page[..^1].Take(1));
        }

        Assert.Equal(Sorted(records.Where(record => filter.Matches(record.Metadata)).Select(record => record.Id)), Sorted(all));
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [StoreFact]
    public async Task List_SortedOrSkipped_DoesSoOrRefuses()
    {
        HybridRecord[] records = StoreRecords.Make(40);
        IHybridStore sut = await FillAsync(records);
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records);
        foreach (var options in new HybridListOptions[]
        {
            new() { Sort = [new("year"), new("lang", Descending: true)], Top = 30 }, new() { Skip = 5 }, new() { Sort = [new("when")], Skip = 3, Filter = MetadataFilter.Exists("when") },
        })
        {
            if (sut.Features.Sorting)
            {
                Assert.Equal(await IdsAsync(embedded, options), await IdsAsync(sut, options));
            }
            else
            {
                await Assert.ThrowsAsync<NotSupportedException>(() => IdsAsync(sut, options));
            }
        }
    }

    [StoreFact]
    public async Task Count_EveryKindOfFilter_IsThatOfTheRecordsThatMatch()
    {
        HybridRecord[] records = StoreRecords.Make(200);
        IHybridStore sut = await FillAsync(records);
        var noon = new DateTimeOffset(2020, 6, 15, 12, 0, 0, TimeSpan.Zero);
        foreach (MetadataFilter filter in new[]
        {
            MetadataFilter.All(), MetadataFilter.Any(), !MetadataFilter.All(), MetadataFilter.Equal("lang", "日本"), MetadataFilter.In("lang", "en", "de", "xx"),
            MetadataFilter.Equal("year", 2005), MetadataFilter.Equal("year", "2005"), MetadataFilter.Equal("year", 2005.5), MetadataFilter.In("year", 2001, "2002", 2003.5),
            MetadataFilter.Equal("draft", true), MetadataFilter.Equal("draft", false), MetadataFilter.Equal("tags", "t1"), MetadataFilter.In("tags", "t2", "t3"),
            MetadataFilter.Equal("a.b \"c\"", "x1"), MetadataFilter.Equal("never", "x"), MetadataFilter.Exists("year"), MetadataFilter.Exists("tags"), MetadataFilter.Exists("never"),
            MetadataFilter.AtLeast("year", 2010), MetadataFilter.Above("year", 2010), MetadataFilter.AtMost("year", 2010.5), MetadataFilter.Below("year", 2010.5),
            MetadataFilter.AtLeast("when", noon), MetadataFilter.Below("when", noon), MetadataFilter.AtLeast("year", 2003) & MetadataFilter.Below("year", 2007),
            !MetadataFilter.Equal("draft", true), !MetadataFilter.Exists("when"), !(MetadataFilter.Equal("lang", "en") | MetadataFilter.Equal("tags", "t1")),
            MetadataFilter.Equal("lang", "en") & (MetadataFilter.AtLeast("year", 2010) | !MetadataFilter.Exists("year")) & !MetadataFilter.Equal("tags", "t0"),
            MetadataFilter.Equal("when", new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)), MetadataFilter.Equal("lang", "e"), MetadataFilter.Equal("lang", "EN"),
        })
        {
            string[] expected = Sorted(records.Where(record => filter.Matches(record.Metadata)).Select(record => record.Id));
            Assert.True(expected.Length == await sut.CountAsync(filter), $"{filter}: expected {expected.Length}, found {await sut.CountAsync(filter)}.");
            Assert.Equal(expected, Sorted(await IdsAsync(sut, new HybridListOptions { Filter = filter, Parts = HybridRecordParts.None })));
        }

        // The very value of one of them, whatever its offset.
        MetadataValue date = records.Select(record => record.Metadata.GetValueOrDefault("when")).First(value => value?.Kind == MetadataKind.Date)!;
        Assert.Equal(records.Count(record => MetadataFilter.Equal("when", date).Matches(record.Metadata)), await sut.CountAsync(MetadataFilter.Equal("when", date)));
    }

    [StoreFact]
    public async Task Count_RangeOfText_IsThatOrRefused()
    {
        HybridRecord[] records = StoreRecords.Make(50);
        IHybridStore sut = await FillAsync(records);
        MetadataFilter filter = MetadataFilter.AtLeast("lang", "e");
        if (sut.Features.TextRanges)
        {
            Assert.Equal(records.Count(record => filter.Matches(record.Metadata)), await sut.CountAsync(filter));
        }
        else
        {
            var error = await Assert.ThrowsAsync<NotSupportedException>(() => sut.CountAsync(filter));
            Assert.Contains("lang", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<NotSupportedException>(() => sut.SearchAsync(new HybridQuery { Legs = StoreRecords.Query(new Random(1)), Filter = filter }));
        }
    }
}
