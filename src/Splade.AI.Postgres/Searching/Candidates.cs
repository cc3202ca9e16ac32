using Npgsql;
using Splade.AI.Hybrid;
using Splade.AI.Search;

namespace Splade.AI.Postgres.Searching;

/// <summary>What the legs of a search found, as it is read from the rows of <see cref="CandidateSql.Candidates"/>.</summary>
internal static class Candidates
{
    /// <summary>Reads them for a fusion.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="legs">The legs.</param>
    /// <param name="depth">How many candidates each leg gives; one more was asked for, which tells whether the last one is tied.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static async Task<IReadOnlyList<CandidateLeg<string>>> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyList<SearchLeg> legs, int depth, CancellationToken cancellationToken)
    {
        List<(string Id, long Order, float Score)>[] returned = [.. legs.Select(_ => new List<(string, long, float)>())];
        Dictionary<string, float>[] others = [.. legs.Select(_ => new Dictionary<string, float>(StringComparer.Ordinal))];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string id = reader.GetString(0);
            long order = reader.GetInt64(1);
            for (int i = 0; i < legs.Count; i++)
            {
                int column = 2 + (2 * i);
                if (!await reader.IsDBNullAsync(column, cancellationToken).ConfigureAwait(false))
                {
                    float score = Score(reader.GetDouble(column));
                    returned[i].Add((id, order, score));
                    others[i][id] = score;
                }
                else if (column + 1 < reader.FieldCount && !await reader.IsDBNullAsync(column + 1, cancellationToken).ConfigureAwait(false))
                {
                    others[i][id] = Score(reader.GetDouble(column + 1));
                }
            }
        }

        return [.. legs.Select((leg, i) => ToLeg(leg, returned[i], others[i], depth))];
    }

    /// <summary>A score in single precision. pgvector's sums of large products may be infinite, ours never are.</summary>
    public static float Score(double score) => (float)Math.Clamp(score, float.MinValue, float.MaxValue);

    private static CandidateLeg<string> ToLeg(SearchLeg leg, List<(string Id, long Order, float Score)> returned, Dictionary<string, float> scores, int depth)
    {
        SearchHit<string>[] hits =
        [
            .. returned.OrderByDescending(row => row.Score).ThenBy(row => row.Order).Select(row => new SearchHit<string>(row.Id, row.Score)),
        ];

        // What has no sparse vector shares no term, as what has another one; what has no dense vector has no score.
        float? none = leg.Column.Field.Kind == VectorKind.Sparse ? 0 : null;
        return new CandidateLeg<string>(leg.Name, leg.Column.Field.Kind, hits, id => scores.TryGetValue(id, out float score) ? score : none)
        {
            Weight = leg.Weight,
        }.Cut(depth);
    }
}
