using System.Diagnostics;
using Npgsql;

namespace Splade.AI.Postgres.Tests.Server;

/// <summary>
/// The PostgreSQL of the tests, one for all of them: the server that SPLADE_POSTGRES names by a connection string, or else PGlite, which has one session for
/// all connections, ends no statement early, and lets readers wait for an open transaction.
/// </summary>
internal static class TestServer
{
    private const string Variable = "SPLADE_POSTGRES";

    private static readonly Lazy<string> Started = new(Start);

    /// <summary>Gets a value indicating whether it is a full server.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Gets why there is none; null if there is one.</summary>
    public static string? Unavailable => IsFull ? null : PGliteFiles.Unavailable;

    /// <summary>Gets how it is connected to.</summary>
    public static string ConnectionString => Started.Value;

    /// <summary>Does something at the server.</summary>
    public static async Task<object?> ExecuteAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static string Start()
    {
        if (IsFull)
        {
            return Environment.GetEnvironmentVariable(Variable)!;
        }

        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Server", "server.mjs"), PGliteFiles.Folder, "0"];
        Process process = Process.Start(new ProcessStartInfo("node", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Kill();
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server of the tests ended before it listened.");
        return $"Host=127.0.0.1;Port={line.Split(' ')[^1]};Username=postgres;Database=postgres;SSL Mode=Disable;No Reset On Close=true;Maximum Pool Size=16;Timeout=60;Command Timeout=120";
    }
}
