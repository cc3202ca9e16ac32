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
