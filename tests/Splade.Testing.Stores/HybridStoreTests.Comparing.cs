using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <content>Generated filters, and records of which many are equal and some lack a vector, compared with the embedded store.</content>
public abstract partial class HybridStoreTests<TFixture>
{
    [StoreFact]
    public async Task Count_GeneratedFilters_IsThatOfTheRecordsThatMatch()
    {
        HybridRecord[] records = StoreRecords.Make(120, seed: 11);
        IHybridStore sut = await FillAsync(records);
        var random = new Random(12);
        for (int trial = 0; trial < 60; trial++)
        {
            MetadataFilter filter = StoreRecords.Filter(random, sut.Features.TextRanges);
            int expected = records.Count(record => filter.Matches(record.Metadata));
            Assert.True(expected == await sut.CountAsync(filter), $"{filter}: expected {expected}, found {await sut.CountAsync(filter)}.");
        }
    }

    [StoreFact]
    public async Task Search_EqualRecordsAndSomeWithoutAVector_ScoresAsTheEmbeddedStore()
    {
        var random = new Random(13);
        HybridRecord[] kinds = StoreRecords.Make(8, seed: 14);
        HybridRecord[] records =
        [
            .. Enumerable.Range(0, 60).Select(i => With(
                kinds[random.Next(kinds.Length)], id: $"r{i}", vectors: kinds[random.Next(kinds.Length)].Vectors.Where(_ => random.Next(5) > 0).ToDictionary())),
        ];
        IHybridStore sut = await FillAsync(records);
        using EmbeddedHybridStore embedded = await EmbeddedAsync(records);
        HybridFusion[] fusions = [HybridFusion.Default, HybridFusion.MinMax(0.3f), HybridFusion.DistributionBased(), HybridFusion.TheoreticalMinMax()];
        for (int trial = 0; trial < 24; trial++)
        {
            IReadOnlyDictionary<string, HybridVector> like = kinds[random.Next(kinds.Length)].Vectors;
            HybridQueryLeg[] legs = [.. like.Where(_ => random.Next(4) > 0).Select(leg => new HybridQueryLeg(leg.Key, leg.Value) { Weight = random.Next(4) })];
            if (legs.Length > 0)
            {
                MetadataFilter? filter = random.Next(2) == 0 ? null : StoreRecords.Filter(random, sut.Features.TextRanges);
                await AssertSameScoresAsync(sut, embedded, new HybridQuery { Legs = legs, Fusion = fusions[trial % fusions.Length], Filter = filter, Top = 100 });
            }
        }
    }

    [StoreFact]
    public async Task Search_HugeWeights_StayNumbers()
    {
        HybridRecord[] records = StoreRecords.Make(3, seed: 15);
        var huge = new SparseVector([1, 2], [3e38f, 3e38f], StoreRecords.SparseSize);
        IHybridStore sut = await FillAsync([With(records[0], vectors: new Dictionary<string, HybridVector>(records[0].Vectors) { ["splade"] = huge }), .. records[1..]]);
        HybridHit alone = (await sut.SearchAsync(new HybridQuery { Legs = [new("splade", huge)] }))[0];
        Assert.Equal(("r0", float.MaxValue), (alone.Record.Id, alone.Score));
        foreach (HybridFusion fusion in new[] { HybridFusion.Default, HybridFusion.MinMax() })
        {
            HybridHit fused = (await sut.SearchAsync(new HybridQuery { Legs = [new("splade", huge), new("meaning", records[0].Vectors["meaning"])], Fusion = fusion }))[0];
            Assert.Equal("r0", fused.Record.Id);
            Assert.True(float.IsFinite(fused.Score));
        }
    }

    // With the precision of a step of the store: what is finer is one.
    [StoreFact]
    public async Task Count_NumbersAndDatesAtTheEdges_AreToldApart()
    {
        IHybridStore sut = await OpenAsync();
        var random = new Random(16);
        long step = sut.Features.DatePrecision.Ticks;
        double[] numbers = [double.MinValue, -1e300, -1, -double.Epsilon, 0, double.Epsilon, 1e-300, 0.1, 0.30000000000000004, 0.3, (1L << 53) - 1, 1L << 53, double.MaxValue];
        DateTimeOffset[] dates =
        [
            DateTimeOffset.MinValue, new(1, 1, 2, 0, 0, 0, TimeSpan.FromHours(14)), DateTimeOffset.UnixEpoch.AddTicks(-step), DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddTicks(step), new(2020, 2, 29, 23, 59, 59, TimeSpan.FromHours(-12)), new(9999, 12, 31, 0, 0, 0, TimeSpan.FromHours(-14)),
        ];
        HybridRecord Of(string id, MetadataValue value) => With(StoreRecords.Make(id, random), metadata: new Dictionary<string, MetadataValue> { [value.Kind == MetadataKind.Date ? "when" : "year"] = value });
        HybridRecord[] records = [.. numbers.Select((number, i) => Of($"n{i}", number)), .. dates.Select((date, i) => Of($"d{i}", date))];
        await sut.UpsertAsync(records);
        Assert.All(records.Zip(await sut.GetAsync(records.Select(record => record.Id))), pair => Assert.Equal(Described(pair.First), Described(pair.Second)));
        foreach ((string field, MetadataValue value) in numbers.Select(number => ("year", (MetadataValue)number)).Concat(dates.Select(date => ("when", (MetadataValue)date))))
        {
            foreach (MetadataFilter filter in new[] { MetadataFilter.Equal(field, value), MetadataFilter.Above(field, value), MetadataFilter.AtMost(field, value), MetadataFilter.Between(field, value, value) })
            {
                Assert.Equal($"{filter}: {records.Count(record => filter.Matches(record.Metadata))}", $"{filter}: {await sut.CountAsync(filter)}");
            }
        }
    }

    /// <summary>The same ids, of any order where scores are equal, with the same scores, ranks and scores of all legs.</summary>
    private async Task AssertSameScoresAsync(IHybridStore sut, EmbeddedHybridStore embedded, HybridQuery query)
    {
        Dictionary<string, HybridHit> expected = (await embedded.SearchAsync(query)).ToDictionary(hit => hit.Record.Id);
        IReadOnlyList<HybridHit> found = await sut.SearchAsync(query);
        string asked = $"{query.Fusion.Description}, {string.Join(' ', query.Legs.Select(leg => $"{leg.Name}*{leg.Weight}"))}, {query.Filter}: ";
        Assert.Equal(asked + string.Join(' ', expected.Keys.Order()), asked + string.Join(' ', found.Select(hit => hit.Record.Id).Order()));
        foreach (HybridHit hit in found)
        {
            HybridHit same = expected[hit.Record.Id];
            AssertClose(same.Score, hit.Score);
            foreach ((FusedSide side, FusedSide other) in same.Fusion!.Sides.Zip(hit.Fusion?.Sides ?? []))
            {
                Assert.Equal(asked + (side.Name, side.Place?.Rank, side.Score is null), asked + (other.Name, other.Place?.Rank, other.Score is null));
                AssertClose(side.Score ?? 0, other.Score ?? 0);
            }
        }

        Assert.Equal(found.Select(hit => hit.Score).OrderDescending(), found.Select(hit => hit.Score));
    }
}
