using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Points;
using Splade.AI.Search;

namespace Splade.AI.Qdrant.Searching;

/// <summary>Fuses the legs of a search here, as the store inside the process does: the same ranks, the same reasons.</summary>
/// <remarks>
/// One request searches by all legs, without payload; a second one gives the records of the best, and at the same time a third one the exact scores that the
/// fusion and its explanation want and the legs did not return. A fusion by scores needs those of all candidates before it knows the best.
/// </remarks>
internal static class ClientFusion
{
    public static async Task<IReadOnlyList<HybridHit>> SearchAsync(
        LegSearch search, IReadOnlyList<QueryLeg> legs, HybridQuery query, CancellationToken cancellationToken)
    {
        int depth = Math.Max(query.Candidates, query.Top);
        IReadOnlyList<CandidateLeg<string>> found = await FindAsync(search, legs, depth, cancellationToken).ConfigureAwait(false);
        bool ranksSuffice = query.Fusion.Method == FusionMethod.ReciprocalRank && found.All(leg => !leg.EndsInTie);
        string[] wanted = ranksSuffice
            ? [.. query.Fusion.Rank(found, query.Top).Select(place => place.Id)]
            : [.. found.SelectMany(leg => leg.Hits).Select(hit => hit.Key).Distinct(StringComparer.Ordinal)];

        Task<CandidateLeg<string>[]> scoring = ScoreAsync(search, legs, found, wanted, cancellationToken);
        Task<Dictionary<Guid, HybridRecord>> reading = ranksSuffice ? ReadAsync(wanted) : Task.FromResult<Dictionary<Guid, HybridRecord>>([]);
        await Task.WhenAll(scoring, reading).ConfigureAwait(false);
        IReadOnlyList<(string Id, FusionExplanation Fusion)> places = query.Fusion.Rank(await scoring.ConfigureAwait(false), query.Top);
        Dictionary<Guid, HybridRecord> records = await (ranksSuffice ? reading : ReadAsync(places.Select(place => place.Id))).ConfigureAwait(false);
        return Hits(places, records);

        Task<Dictionary<Guid, HybridRecord>> ReadAsync(IEnumerable<string> ids) =>
            search.Points.GetAsync([.. ids.Select(Guid.Parse)], query.Parts, cancellationToken);
    }

    private static async Task<IReadOnlyList<CandidateLeg<string>>> FindAsync(
        LegSearch search, IReadOnlyList<QueryLeg> legs, int depth, CancellationToken cancellationToken)
    {
        // One more than wanted tells whether the last one is tied.
        QueryLeg[] asked = [.. legs.Where(leg => leg.Query is not null)];
        IReadOnlyList<IReadOnlyList<ScoredPoint>> results = await search.Points.QueryAsync(
            [.. asked.Select(leg => search.Of(leg, depth == int.MaxValue ? depth : depth + 1))], cancellationToken).ConfigureAwait(false);
        var byName = asked.Zip(results).ToDictionary(pair => pair.First.Leg.Name, pair => pair.Second, StringComparer.Ordinal);
        return [.. legs.Select(leg => Candidates(leg, byName.GetValueOrDefault(leg.Leg.Name) ?? []))];

        CandidateLeg<string> Candidates(QueryLeg leg, IReadOnlyList<ScoredPoint> points) => new CandidateLeg<string>(
            leg.Leg.Name,
            leg.Leg.Vector.Kind,
            [.. points.Select(point => new SearchHit<string>($"{search.Points.IdOf(point.Id)}", VectorCodec.Score(point.Score)))])
        {
            Weight = leg.Leg.Weight,
        }.Cut(depth);
    }

    /// <summary>The legs with the scores of records that they did not return.</summary>
    private static async Task<CandidateLeg<string>[]> ScoreAsync(
        LegSearch search, IReadOnlyList<QueryLeg> legs, IReadOnlyList<CandidateLeg<string>> found, string[] ids, CancellationToken cancellationToken)
    {
        string[][] missing = [.. found.Select(leg => ids.Except(leg.Hits.Select(hit => hit.Key), StringComparer.Ordinal).ToArray())];
        int[] asked = [.. Enumerable.Range(0, legs.Count).Where(i => missing[i].Length > 0 && legs[i].Query is not null)];
        IReadOnlyList<IReadOnlyList<ScoredPoint>> results = await search.Points.QueryAsync(
            [.. asked.Select(i => search.ScoresOf(legs[i], [.. missing[i].Select(Guid.Parse)]))], cancellationToken).ConfigureAwait(false);
        var scores = asked.Zip(results).ToDictionary(
            pair => pair.First,
            pair => pair.Second.ToDictionary(point => $"{search.Points.IdOf(point.Id)}", point => VectorCodec.Score(point.Score), StringComparer.Ordinal));
        return [.. found.Select((leg, i) => leg with { Score = id => ScoreOf(leg, scores.GetValueOrDefault(i), id) })];
    }

    // What shares no term with a sparse query is not returned: that is a score of 0. What has no dense vector has no score.
    private static float? ScoreOf(CandidateLeg<string> leg, Dictionary<string, float>? scores, string id) =>
        scores?.TryGetValue(id, out float score) is true ? score : leg.Kind == VectorKind.Sparse ? 0 : null;

    /// <summary>The hits whose records are still there: others may have taken some out since they were found.</summary>
    private static HybridHit[] Hits(IReadOnlyList<(string Id, FusionExplanation Fusion)> places, Dictionary<Guid, HybridRecord> records) =>
    [
        .. places.Where(place => records.ContainsKey(Guid.Parse(place.Id)))
            .Select((place, i) => HybridHit.Of(place.Fusion with { Rank = i + 1 }, records[Guid.Parse(place.Id)])),
    ];
}
