using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Payload;
using Splade.AI.Qdrant.Points;

namespace Splade.AI.Qdrant.Searching;

/// <summary>What all searches of a call have in common.</summary>
/// <param name="Points">Where is searched.</param>
/// <param name="Filter">Which records come into question.</param>
/// <param name="Params">How the graph of dense vectors is searched.</param>
/// <param name="Corpus">The tenant, among whose records terms are counted; null for all.</param>
internal sealed record LegSearch(CollectionPoints Points, TranslatedFilter Filter, SearchParams Params, Filter? Corpus)
{
    /// <summary>The search by one leg.</summary>
    public QueryPoints Of(QueryLeg leg, int limit) => new()
    {
        Query = leg.Query,
        Using = leg.Leg.Name,
        Filter = Points.Of(Filter),
        Limit = (ulong)limit,
        Params = ParamsOf(leg),
        WithPayload = new WithPayloadSelector { Enable = false },
    };

    /// <summary>The same as a part of a search that the server fuses.</summary>
    public PrefetchQuery Prefetch(QueryLeg leg, int limit) => new()
    {
        Query = leg.Query,
        Using = leg.Leg.Name,
        Filter = Points.Of(Filter),
        Limit = (ulong)limit,
        Params = ParamsOf(leg),
    };

    /// <summary>The scores of some records by one leg.</summary>
    public QueryPoints ScoresOf(QueryLeg leg, IReadOnlyCollection<Guid> ids)
    {
        QueryPoints query = Of(leg, ids.Count);
        query.Filter = Points.Of(TranslatedFilter.All, new Condition { HasId = new HasIdCondition { HasId = { ids.Select(PointIds.ToPoint) } } });
        query.Params.Exact = true;
        return query;
    }

    private SearchParams ParamsOf(QueryLeg leg)
    {
        SearchParams own = Params.Clone();
        if (leg.Leg.Vector.Kind == VectorKind.Sparse && Corpus is not null)
        {
            own.Idf = new IdfParams { Corpus = Corpus };
        }

        return own;
    }
}
