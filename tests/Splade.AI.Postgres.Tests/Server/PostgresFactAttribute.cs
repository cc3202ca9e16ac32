namespace Splade.AI.Postgres.Tests.Server;

/// <summary>A test that needs a PostgreSQL, skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = TestServer.Unavailable;
}

/// <summary>A test that needs a full server, with sessions of their own and statements that can be ended.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullServerFactAttribute : FactAttribute
{
    public FullServerFactAttribute() => Skip = TestServer.IsFull ? null : "SPLADE_POSTGRES names no full server.";
}
