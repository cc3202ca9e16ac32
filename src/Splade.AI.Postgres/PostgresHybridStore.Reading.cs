using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Connections;
using Splade.AI.Postgres.Filters;
using Splade.AI.Postgres.Records;
using Splade.AI.Postgres.Searching;
using Splade.AI.Postgres.Sql;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres;

/// <content>Searching and reading records.</content>
public sealed partial class PostgresHybridStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridHit>> SearchAsync(HybridQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var search = new TableSearch(table, query, nameof(query));
        return await _server.RunAsync(search.RunAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<HybridRecord?> GetAsync(string id, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return (await GetAsync([id], parts, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HybridRecord>> GetAsync(
        IEnumerable<string> ids, HybridRecordParts parts = HybridRecordParts.All, CancellationToken cancellationToken = default)
    {
        string[] known = RequireIds(ids, nameof(ids));
        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        string asked = statement.Value(known, NpgsqlDbType.Array | NpgsqlDbType.Text);
        statement.Text = $"select {table.Columns("t", parts)} from unnest({asked}) with ordinality asked(id, ord) "
            + $"join {table.Name} t on {table.Where(statement, "t", $"t.{StoreTable.Id} = asked.id")} order by asked.ord";
        return known.Length == 0 ? [] : await _server.RunAsync(
            (connection, token) => RecordReader.ReadAllAsync(statement, table, parts, connection, token), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The rows come one after the other, and hold a connection until the enumeration ends. Texts are sorted, and bounds compared, by code points: other than
    /// by .NET's ordinal only between U+E000 and U+FFFF on one side and the characters beyond on the other.
    /// </remarks>
    public async IAsyncEnumerable<HybridRecord> ListAsync(
        HybridListOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options = options?.Clone() ?? new HybridListOptions();
        if (options.After is not null && options.Sort.Count > 0)
        {
            throw new NotSupportedException(
                $"Found {nameof(options.After)} with {nameof(options.Sort)}, expected one of them: a place after a record is one in the order of insertion.");
        }

        StoreTable table = await OpenTableAsync(cancellationToken).ConfigureAwait(false);
        long? after = options.After is null ? null : await ReadPlaceAsync(table, options.After, cancellationToken).ConfigureAwait(false);
        var statement = new SqlStatement();
        string place = after is null ? "true" : $"t.{StoreTable.Order} > {statement.Value(after, NpgsqlDbType.Bigint)}";
        string where = table.Where(statement, "t", [place, .. FilterSql.Conditions(options.Filter, statement, "t")]);
        string order = SortSql.Of(options.Sort, statement, "t");
        statement.Text = $"select {table.Columns("t", options.Parts)} from {table.Name} t where {where} order by {order} "
            + $"limit {statement.Value((long?)options.Top, NpgsqlDbType.Bigint)} offset {statement.Value((long)options.Skip, NpgsqlDbType.Bigint)}";
        NpgsqlDataReader reader = await _server.ReadAsync(statement.ToCommand, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await PostgresServer.NextAsync(reader, cancellationToken).ConfigureAwait(false))
            {
                yield return RecordReader.Read(reader, table, options.Parts);
            }
        }
    }

    private async Task<long> ReadPlaceAsync(StoreTable table, string id, CancellationToken cancellationToken)
    {
        object? place = null;
        if (PostgresText.IsKept(id))
        {
            var find = new SqlStatement();
            find.Text = $"select t.{StoreTable.Order} from {table.Name} t where {table.Where(find, "t", $"t.{StoreTable.Id} = {find.OfText(id)}")}";
            place = await ScalarAsync(find, cancellationToken).ConfigureAwait(false);
        }

        return (long?)place ?? throw new ArgumentException(
            $"Found no record '{id}' to begin after, expected one that is there. It was taken out: begin anew.", nameof(id));
    }

    /// <summary>The ids that a record may have; of others there is none.</summary>
    private static string[] RequireIds(IEnumerable<string> ids, string parameter)
    {
        ArgumentNullException.ThrowIfNull(ids, parameter);
        string[] all = [.. ids];
        return Array.IndexOf(all, null) is int missing and >= 0
            ? throw new ArgumentException($"The id at position {missing} is null.", parameter) : Array.FindAll(all, PostgresText.IsKept);
    }
}
