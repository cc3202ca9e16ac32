using Npgsql;
using NpgsqlTypes;

namespace Splade.AI.Postgres.Sql;

/// <summary>A statement in the making: its values are parameters, each where it is first named. Not for several threads.</summary>
internal sealed class SqlStatement
{
    private readonly List<NpgsqlParameter> _parameters = [];

    /// <summary>The text, which names the parameters <c>$1</c>, <c>$2</c> and so on.</summary>
    public string Text { get; set; } = "";

    /// <summary>Adds a parameter of a type that PostgreSQL has itself, and gives the name that it has in the text.</summary>
    public string Value(object? value, NpgsqlDbType type)
    {
        _parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return $"${_parameters.Count}";
    }

    public string OfText(string value) => Value(value, NpgsqlDbType.Text);

    /// <summary>Adds a vector, whose type Npgsql knows by the value.</summary>
    public string Vector(object value)
    {
        _parameters.Add(new NpgsqlParameter { Value = value });
        return $"${_parameters.Count}";
    }

    public NpgsqlCommand ToCommand(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(Text, connection);
        command.Parameters.AddRange(_parameters.Select(parameter => parameter.Clone()).ToArray());
        return command;
    }

    public NpgsqlBatchCommand ToBatchCommand()
    {
        var command = new NpgsqlBatchCommand(Text);
        foreach (NpgsqlParameter parameter in _parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    /// <summary>Runs it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isEndless">Whether it may take however long it takes, as the building of an index does.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>How many rows it changed.</returns>
    public async Task<long> RunAsync(NpgsqlConnection connection, bool isEndless, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = ToCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            command.CommandTimeout = isEndless ? 0 : command.CommandTimeout;
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first row of the answer, with null for what is null there; null if there is none.</summary>
    public async Task<object?[]?> ReadRowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = ToCommand(connection);
        await using (command.ConfigureAwait(false))
        {
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]
                    : null;
            }
        }
    }
}
