using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

/// <summary>`splade encode --format`: what the bulk endpoints of engines take.</summary>
public sealed class EncodeFormatTests
{
    [Fact]
    public async Task Encode_ForElasticsearch_WritesActionsAndDocuments()
    {
        const string Input = """
            {"_id": "d 1", "text": "the sea."}
            {"text": "sea", "id": 7}
            {"id": null, "text": "moon"}
            """;
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(
            Input, "encode", Files.Model, "--format", "elasticsearch", "--index", "i", "--field", "f", "--max-active-dims", "2");

        Assert.Equal((0, ""), (exitCode, error));
        string[] lines = output.Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.Equal(
            ["""{"index":{"_index":"i","_id":"d 1"}}""", """{"index":{"_index":"i","_id":"7"}}""", """{"index":{"_index":"i","_id":"3"}}""", ""],
            lines.Where((_, i) => i % 2 == 0));
        Assert.StartsWith("""{"f":{"sea":""", lines[3]);
        Assert.All((int[])[1, 3, 5], i => Assert.Equal(2, JsonDocument.Parse(lines[i]).RootElement.GetProperty("f").EnumerateObject().Count()));
    }

    [Fact]
    public async Task Encode_ManyLinesForQdrant_AreRequestsWithTheNumbersOfLines()
    {
        string input = string.Join('\n', Enumerable.Repeat("sea", 300));
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(input, "encode", Files.Model, "--format", "qdrant", "--max-active-dims", "1");

        Assert.Equal(0, exitCode);
        IEnumerable<JsonElement> points = Files.ParseLines(output).SelectMany(line => line.GetProperty("points").EnumerateArray());
        Assert.Equal(Enumerable.Range(1, 300), points.Select(point => int.Parse(point.GetProperty("payload").GetProperty("id").GetString()!)));
    }

    [Fact]
    public async Task Encode_QueriesForOpenSearch_AreSearches()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync(
            "sea\nmoon\n", "encode", Files.Model, "--query", "--format", "opensearch", "--top", "3", "--max-active-dims", "2");

        Assert.Equal(0, exitCode);
        JsonElement[] queries = Files.ParseLines(output);
        Assert.Equal([3, 3], queries.Select(query => query.GetProperty("size").GetInt32()));
        IEnumerable<JsonElement> fields = queries.Select(query => query.GetProperty("query").GetProperty("neural_sparse").GetProperty("splade"));
        Assert.All(fields, field => Assert.Equal(2, field.GetProperty("query_tokens").EnumerateObject().Count()));
    }

    [Theory]
    [InlineData(2, "--format is 'solr', expected elasticsearch, ", "--format", "solr")]
    [InlineData(2, "--ceiling is '0', expected a number above 0.", "--format", "opensearch", "--ceiling", "0")]
    [InlineData(1, "--index is given, but no format. Add --format NAME.", "--index", "i")]
    [InlineData(1, "--long-text passages gives several vectors", "--format", "qdrant", "--long-text", "passages")]
    [InlineData(1, "Document '1': Found the weight ", "--format", "opensearch", "--ceiling", "0.001")]
    [InlineData(1, "Raise quantization_ceiling_ingest of the field, and --ceiling with it.", "--format", "opensearch", "--ceiling", "0.001")]
    [InlineData(1, "Line 1 of the input: Found the weight ", "--query", "--format", "opensearch", "--ceiling", "0.001")]
    [InlineData(1, "expected the name of a document type", "--format", "vespa", "--index", "my-index")]
    public async Task Encode_ImpossibleFormat_IsRefusedInOneLine(int expected, string reason, params string[] options)
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("sea\n", ["encode", Files.Model, .. options]);

        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(reason, error);
        Assert.Equal(1, error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Encode_IdThatIsAnObject_IsNamedByItsLine()
    {
        (int exitCode, _, string error) = await SpladeCommand.PipeAsync(
            "sea\n{\"text\":\"sea\",\"_id\":{\"$oid\":\"1\"}}\n", "encode", Files.Model, "--format", "vespa");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("splade: Line 2 of the input: \"_id\" is Object, expected a string or a number", error);
    }
}
