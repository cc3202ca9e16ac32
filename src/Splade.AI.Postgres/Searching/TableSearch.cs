using System.Data;
using Npgsql;
using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Records;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Searching;

/// <summary>A search in a table: all of it reads one snapshot.</summary>
internal sealed class TableSearch(StoreTable table, HybridQuery query, string parameter)
{
    private readonly IReadOnlyList<SearchLeg> _legs = SearchLeg.Of(query, table, parameter);

    /// <summary>Finds the best records.</summary>
    /// <exception cref="ArgumentException">The vectors come from other models than those of the table.</exception>
    /// <exception cref="NotSupportedException">The database does not fuse so.</exception>
    public async Task<IReadOnlyList<HybridHit>> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        bool isFusedThere = table.Options.FuseInDatabase && _legs.Count > 1;
        if (isFusedThere && query.Fusion.Method != FusionMethod.ReciprocalRank)
        {
            throw new NotSupportedException(
                $"Found the fusion {query.Fusion.Method} with {nameof(PostgresHybridStoreOptions.FuseInDatabase)}, expected {FusionMethod.ReciprocalRank}: the database fuses by ranks only.");
        }

        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            IReadOnlyList<SearchLeg> legs = await WeighAsync(connection, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<HybridHit> hits = isFusedThere
                ? await FuseThereAsync(legs, connection, cancellationToken).ConfigureAwait(false)
                : await FuseHereAsync(legs, connection, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return hits;
        }
    }

    private int Depth => _legs.Count == 1 ? query.Top : Math.Max(query.Candidates, query.Top);

    /// <summary>Compares the models, and multiplies sparse vectors by the inverse document frequency where a model requires it.</summary>
    private async Task<IReadOnlyList<SearchLeg>> WeighAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        (HybridModels? stored, bool isEmpty) = await TableModels.ReadAsync(table, connection, cancellationToken).ConfigureAwait(false);
        HybridModels models = (stored ?? HybridModels.None).With(table.Options.Schema!.Models);
        if (query.Models is not null && !isEmpty)
        {
            models.RequireSame(query.Models, parameter);
        }

        var legs = new List<SearchLeg>(_legs.Count);
        foreach (SearchLeg leg in _legs)
        {
            bool isWeighed = IsIdfRequired(models, leg.Name) || IsIdfRequired(query.Models, leg.Name);
            legs.Add(!isWeighed ? leg : leg with { Vector = await Idf.WeighAsync(leg.Vector.Sparse, leg.Column, table, connection, cancellationToken).ConfigureAwait(false) });
        }

        return legs;
    }

    private async Task<IReadOnlyList<HybridHit>> FuseHereAsync(IReadOnlyList<SearchLeg> legs, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        int wanted = Depth == int.MaxValue ? Depth : Depth + 1;
        SqlStatement statement = CandidateSql.Candidates(legs, table, query.Filter, wanted);
        IReadOnlyList<CandidateLeg<string>> found = await ReadAsync(
            statement, wanted, connection, reader => Candidates.ReadAsync(reader, legs, Depth, cancellationToken), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<(string Id, FusionExplanation Fusion)> places = query.Fusion.Rank(found, query.Top);
        Dictionary<string, HybridRecord> records = await ReadRecordsAsync([.. places.Select(place => place.Id)], connection, cancellationToken).ConfigureAwait(false);
        return [.. places.Select(place => HybridHit.Of(place.Fusion, records[place.Id]))];
    }

    private async Task<IReadOnlyList<HybridHit>> FuseThereAsync(IReadOnlyList<SearchLeg> legs, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<(string Id, float Score, RankedScore? Sparse, RankedScore? Dense)> rows = await ReadAsync(
            CandidateSql.Fused(legs, table, query, Depth), Depth, connection, ReadRowsAsync, cancellationToken).ConfigureAwait(false);
        Dictionary<string, HybridRecord> records = await ReadRecordsAsync([.. rows.Select(row => row.Id)], connection, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select((row, i) => new HybridHit(records[row.Id], i + 1, row.Score, row.Sparse, row.Dense))];

        async Task<List<(string, float, RankedScore?, RankedScore?)>> ReadRowsAsync(NpgsqlDataReader reader)
        {
            var read = new List<(string, float, RankedScore?, RankedScore?)>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                read.Add((reader.GetString(0), (float)reader.GetDouble(1), Place(reader, VectorKind.Sparse), Place(reader, VectorKind.Dense)));
            }

            return read;
        }

        RankedScore? Place(NpgsqlDataReader reader, VectorKind kind)
        {
            int leg = legs.Index().Where(leg => leg.Item.Column.Field.Kind == kind).Select(leg => leg.Index).DefaultIfEmpty(-1).First();
            return leg < 0 || reader.IsDBNull(2 + (2 * leg))
                ? null : new RankedScore((int)reader.GetInt64(2 + (2 * leg)), Candidates.Score(reader.GetDouble(3 + (2 * leg))));
        }
    }

    private async Task<Dictionary<string, HybridRecord>> ReadRecordsAsync(string[] ids, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (ids.Length == 0 || query.Parts == HybridRecordParts.None)
        {
            return ids.ToDictionary(id => id, id => new HybridRecord(id, "", new Dictionary<string, HybridVector>(), null, HybridRecordParts.None), StringComparer.Ordinal);
        }

        var statement = new SqlStatement();
        string any = $"t.{StoreTable.Id} = any({statement.Value(ids, NpgsqlDbType.Array | NpgsqlDbType.Text)})";
        statement.Text = $"select {table.Columns("t", query.Parts)} from {table.Name} t where {table.Where(statement, "t", any)}";
        return (await RecordReader.ReadAllAsync(statement, table, query.Parts, connection, cancellationToken).ConfigureAwait(false))
            .ToDictionary(record => record.Id, StringComparer.Ordinal);
    }

    /// <summary>Reads the rows of a statement, in one batch with the settings of the indexes, if there are any.</summary>
    private async Task<T> ReadAsync<T>(
        SqlStatement statement, int top, NpgsqlConnection connection, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            bool hasSettings = table.Options.HnswVectors.Count > 0;
            if (hasSettings)
            {
                batch.BatchCommands.Add(CandidateSql.Settings(table.Options, top).ToBatchCommand());
            }

            batch.BatchCommands.Add(statement.ToBatchCommand());
            NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (hasSettings)
                {
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                }

                return await read(reader).ConfigureAwait(false);
            }
        }
    }

    private static bool IsIdfRequired(HybridModels? models, string vector) => models?.Sparse.GetValueOrDefault(vector)?.RequiresIdf is true;
}
