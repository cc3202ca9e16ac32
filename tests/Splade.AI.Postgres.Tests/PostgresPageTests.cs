using Splade.AI.Postgres.Tests.Server;

namespace Splade.AI.Postgres.Tests;

/// <summary>The page on PostgreSQL and that of the package are true: their programs print what they say.</summary>
public sealed class PostgresPageTests
{
    private const string Server = "Host=localhost;Username=postgres;Password=secret";

    private static readonly MarkdownPage Page = new("docs/postgres.md");

    private static readonly MarkdownPage Package = new("src/Splade.AI.Postgres/README.md");

    [PostgresFact]
    public async Task Programs_Run_PrintWhatThePagesSay()
    {
        await TestServer.ExecuteAsync("drop table if exists planets; drop schema if exists search cascade");
        string[] programs = [.. Page.Blocks("csharp"), .. Package.Blocks("csharp")];
        Assert.All(programs, program => Assert.Contains(Server, program, StringComparison.Ordinal));
        string[] printed = await Snippet.RunAsync([.. programs.Select(program => program.Replace(Server, TestServer.ConnectionString, StringComparison.Ordinal))]);
        Assert.Equal([.. Page.Blocks("text"), .. Package.Blocks("text")], printed);
    }

    [PostgresFact]
    public async Task Program_OfTheClusterPage_PrintsTheSameInATable()
    {
        await TestServer.ExecuteAsync("drop table if exists notes");
        string program = ClusterPage.ProgramFor("PostgresHybridStore", "Splade.AI.Postgres", ("Host=localhost;Username=postgres", TestServer.ConnectionString));
        Assert.Equal([ClusterPage.Output], await Snippet.RunAsync([program]));
    }

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));

    [Fact]
    public void Options_OfTheTable_AreThoseThatThereAre()
    {
        string[] named = [.. Page.Rows.SelectMany(row => System.Text.RegularExpressions.Regex.Matches(row[0], "`([A-Z]\\w+)`").Select(match => match.Groups[1].Value))];
        Assert.Equal(typeof(PostgresHybridStoreOptions).GetProperties().Select(property => property.Name).Order(), named.Order());
    }
}
