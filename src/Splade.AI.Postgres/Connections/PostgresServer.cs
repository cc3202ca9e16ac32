using Npgsql;
using Polly;
using Polly.Retry;

namespace Splade.AI.Postgres.Connections;

/// <summary>The pool of connections of a store. What fails for a passing reason is done again; what fails for good is said in words.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class PostgresServer : IDisposable, IAsyncDisposable
{
    private readonly ResiliencePipeline _retries;
    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwned;

    /// <exception cref="ArgumentException">The options do not say where the server is.</exception>
    public PostgresServer(PostgresHybridStoreOptions options)
    {
        if (options.DataSource is null == options.ConnectionString is null)
        {
            throw new ArgumentException(
                $"Found {(options.DataSource is null ? "neither" : "both")}, expected either {nameof(options.ConnectionString)} or {nameof(options.DataSource)}.", nameof(options));
        }

        _isOwned = options.DataSource is null;
        _source = options.DataSource ?? Build(options.ConnectionString!);
        _retries = options.Retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(error => error.IsTransient),
                OnRetry = retry =>
                {
                    // Where one connection was lost, those that wait in the pool are as well: without this each of them would take a try.
                    if (retry.Outcome.Exception is not PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure })
                    {
                        _source.Clear();
                    }

                    return default;
                },
            })
            .Build();
    }

    /// <summary>Does some work on a connection, from its beginning again where it fails for a passing reason.</summary>
    /// <exception cref="Hybrid.HybridStoreException">It failed.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    NpgsqlConnection connection = await _source.OpenConnectionAsync(token).ConfigureAwait(false);
                    await using (connection.ConfigureAwait(false))
                    {
                        return await work(connection, token).ConfigureAwait(false);
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Translate(error);
        }
    }

    /// <summary>Begins to read the rows of a statement, which hold the connection until the reader is disposed of.</summary>
    /// <exception cref="Hybrid.HybridStoreException">It failed.</exception>
    public async Task<NpgsqlDataReader> ReadAsync(Func<NpgsqlConnection, NpgsqlCommand> statement, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(
                async token =>
                {
                    NpgsqlConnection connection = await _source.OpenConnectionAsync(token).ConfigureAwait(false);
                    try
                    {
                        NpgsqlCommand command = statement(connection);
                        await using (command.ConfigureAwait(false))
                        {
                            return await command.ExecuteReaderAsync(System.Data.CommandBehavior.CloseConnection, token).ConfigureAwait(false);
                        }
                    }
                    catch
                    {
                        await connection.DisposeAsync().ConfigureAwait(false);
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Translate(error);
        }
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="Hybrid.HybridStoreException">It failed.</exception>
    public static async Task<bool> NextAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Translate(error);
        }
    }

    public void Dispose()
    {
        if (_isOwned)
        {
            _source.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _isOwned ? _source.DisposeAsync() : ValueTask.CompletedTask;

    // What Npgsql says of a connection string may quote it, so that the cause is left out.
    private static NpgsqlDataSource Build(string connectionString)
    {
        try
        {
            var builder = new NpgsqlDataSourceBuilder(connectionString);
            builder.UseVector();
            return builder.Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException or NotSupportedException)
        {
            throw new ArgumentException(
                $"Npgsql does not understand the {nameof(PostgresHybridStoreOptions.ConnectionString)} ({error.GetType().Name}), "
                + "expected keywords such as Host=localhost;Database=texts;Username=me;Password=...",
                nameof(connectionString));
        }
    }
}
