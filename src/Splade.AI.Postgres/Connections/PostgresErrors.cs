using Npgsql;
using Splade.AI.Hybrid;

namespace Splade.AI.Postgres.Connections;

/// <summary>What the server or the way to it failed with, in words, and what to do.</summary>
internal static class PostgresErrors
{
    /// <summary>The error as callers of a store see it. Npgsql's messages name host and port, and hold no passwords.</summary>
    public static HybridStoreException Translate(NpgsqlException error) => error is PostgresException said
        ? new HybridStoreException($"PostgreSQL answered: {said.MessageText} ({said.SqlState}).{Remedy(said.SqlState)}", said.IsTransient, said.SqlState, said)
        : new HybridStoreException($"PostgreSQL could not be reached, or did not answer: {error.Message}", error.IsTransient, error.SqlState, error);

    private static string Remedy(string state) => state switch
    {
        PostgresErrorCodes.UndefinedTable => " The table was dropped, or is another user's: open the store again.",
        PostgresErrorCodes.InsufficientPrivilege => " Give the user of the connection the right to it, or let another one open the store first.",
        PostgresErrorCodes.QueryCanceled => " The statement took longer than the server's statement_timeout allows.",
        PostgresErrorCodes.ProgramLimitExceeded => " A vector or a text is larger than an index takes: sparse vectors in an HNSW index have at most 1,000 entries.",
        PostgresErrorCodes.DiskFull => " The disk of the server is full.",
        PostgresErrorCodes.UndefinedFile => " The extension is not installed on the server.",
        _ => "",
    };
}
