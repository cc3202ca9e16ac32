using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Splade.Agents.Tests;

/// <summary>docs/mcp.md is true: its server is started, and a client calls its tools.</summary>
public sealed class McpPageTests
{
    private static readonly MarkdownPage Page = new("docs/mcp.md");

    [Fact]
    public Task Server_OfThePage_OffersItsToolsToAClient() => Snippet.UseAsync(Assert.Single(Page.Blocks("cs")), async arguments =>
    {
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = arguments,
            WorkingDirectory = Repository.Root,
        });
        await using McpClient client = await McpClient.CreateAsync(transport);

        IList<McpClientTool> tools = await client.ListToolsAsync();
        CallToolResult found = await client.CallToolAsync(
            "hybrid_search", new Dictionary<string, object?> { ["query"] = "Which world looks red?", ["top"] = 1 });
        CallToolResult wrong = await client.CallToolAsync("splade_encode", new Dictionary<string, object?>());

        Assert.Equal(Page.Rows.Skip(1).Select(row => row[0].Trim('`')).Order(), tools.Select(tool => tool.Name).Order());
        Assert.Contains("notes on the planets", tools.Single(tool => tool.Name == "hybrid_search").Description, StringComparison.Ordinal);
        Assert.Equal("mars", Read(found).GetProperty("hits")[0].GetProperty("id").GetString());
        Assert.Contains("'text' is missing", Read(wrong).GetProperty("error").GetString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Paths_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));

    private static JsonElement Read(CallToolResult result) => JsonElement.Parse(Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text);
}
