using System.Buffers;
using System.Text.Json;
using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

public sealed class SparseVectorFormatTests
{
    private static readonly SparseVector Vector = new([0, 2], [.5f, 1.25f], 3);

    public static TheoryData<string> Names => [.. SparseVectorFormat.All.Select(format => format.Name)];

    [Fact]
    public void Parse_Names_FindTheirFormats()
    {
        Assert.All(SparseVectorFormat.All, format => Assert.Same(format, SparseVectorFormat.Parse(format.Name)));
        Assert.Equal(SparseVectorFormat.All.Count, SparseVectorFormat.All.Select(format => format.Name).Distinct().Count());
        var error = Assert.Throws<ArgumentException>("name", () => SparseVectorFormat.Parse("solr"));
        Assert.StartsWith("Found 'solr', expected a format: elasticsearch, ", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("name", () => SparseVectorFormat.Parse(null!));
    }

    [Theory]
    [InlineData("elasticsearch", """{"0":0.5,"2":1.25}""")]
    [InlineData("elasticsearch-rank-features", """{"0":0.5,"2":1.25}""")]
    [InlineData("opensearch", """{"0":0.5,"2":1.25}""")]
    [InlineData("opensearch-rank-features", """{"0":0.5,"2":1.25}""")]
    [InlineData("milvus", """{"0":0.5,"2":1.25}""")]
    [InlineData("pinecone", """{"indices":[0,2],"values":[0.5,1.25]}""")]
    [InlineData("qdrant", """{"indices":[0,2],"values":[0.5,1.25]}""")]
    [InlineData("vespa", """{"cells":{"0":0.5,"2":1.25}}""")]
    public void ToJson_Vector_HasTheShapeOfTheEngine(string name, string expected) => Assert.Equal(expected, SparseVectorFormat.Parse(name).ToJson(Vector));

    [Theory]
    [MemberData(nameof(Names))]
    public void Writers_Write_WhatTextsSay(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartArray();
            format.Write(json, Vector);
            format.WriteQuery(json, Vector);
            json.WriteEndArray();
        }

        using JsonDocument written = JsonDocument.Parse(output.WrittenMemory);
        Assert.Equal([format.ToJson(Vector), format.ToQuery(Vector)], written.RootElement.EnumerateArray().Select(element => element.GetRawText()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToBulk_HostileIds_StayInTheirLines(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        string[] ids = ["a\n{\"delete\":{}}", "\"},", name == "pinecone" ? "u" : "ü\u2028", "7", "0x7"];

        Assert.Equal(ids, FormatReader.Documents(format, format.ToBulk(ids.Select(id => KeyValuePair.Create(id, Vector)))).Select(d => d.Id));
        Assert.Equal("", format.ToBulk([]));
    }

    [Theory]
    [InlineData("milvus")]
    [InlineData("pinecone")]
    [InlineData("qdrant")]
    public void ToBulk_ManyDocuments_AreCutIntoRequests(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        string small = format.ToBulk(Enumerable.Range(0, 2500).Select(i => KeyValuePair.Create($"{i}", Vector)));
        Assert.Equal(3, small.Count(c => c == '\n'));
        Assert.Equal(Enumerable.Range(0, 2500).Select(i => $"{i}"), FormatReader.Documents(format, small).Select(d => d.Id));

        SparseVector full = new([.. Enumerable.Range(0, 1000)], [.. Enumerable.Range(1, 1000).Select(i => 1f / i)], 1000);
        string large = format.ToBulk(Enumerable.Range(0, 150).Select(i => KeyValuePair.Create($"{i}", full)));
        Assert.InRange(large.Count(c => c == '\n'), 2, 4);
        Assert.All(large.Split('\n'), line => Assert.InRange(line.Length, 0, 1_100_000));
        Assert.Equal(150, FormatReader.Documents(format, large).Count());
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("elasticsearch-rank-features")]
    [InlineData("opensearch")]
    [InlineData("opensearch-rank-features")]
    public void ToQuery_NoEntries_FindsNothing(string name) =>
        Assert.Equal("""{"query":{"match_none":{}},"size":10}""", SparseVectorFormat.Parse(name).ToQuery(new SparseVector([], [], 3)));

    [Fact]
    public void ToBulk_IdsForQdrant_AreUuidsAndInThePayload()
    {
        string[] ids = ["7", "18446744073709551615", "6BA7B811-9dad-11d1-80b4-00c04fd430c8", "d 1", "007"];
        string bulk = SparseVectorFormat.Parse("qdrant").ToBulk(ids.Select(id => KeyValuePair.Create(id, Vector)));

        JsonElement[] points = [.. JsonDocument.Parse(bulk).RootElement.GetProperty("points").EnumerateArray()];
        Assert.Equal(ids.Select(id => QdrantPointId.Of(id)), points.Select(p => p.GetProperty("id").GetGuid()));
        Assert.Equal(ids, points.Select(p => p.GetProperty("payload").GetProperty("id").GetString()));
    }

    [Fact]
    public void Write_MiniCoil_IsForQdrantOnly()
    {
        var encoding = new MiniCoilEncoding(new[] { 4, 7 }, new[] { -.5f, .25f }, 3, false);
        Assert.Equal("""{"indices":[4,7],"values":[-0.5,0.25]}""", Written("qdrant"));
        Assert.All(SparseVectorFormat.All.Where(format => format.Name != "qdrant"), format => Assert.Throws<NotSupportedException>(() => Written(format.Name)));

        string Written(string name)
        {
            var output = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(output))
            {
                SparseVectorFormat.Parse(name).Write(json, encoding);
            }

            return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    [Fact]
    public void Options_NamesAndClone_AreUsed()
    {
        var options = new SparseVectorFormatOptions { Index = "i", Field = "f", IdField = "k", Top = 3 };
        Assert.Equal(
            """{"collectionName":"i","data":[{"0":0.5,"2":1.25}],"annsField":"f","limit":3,"outputFields":["k"]}""",
            SparseVectorFormat.Parse("milvus").ToQuery(Vector, options));
        SparseVectorFormatOptions copy = options.Clone();
        copy.Index = "j";
        Assert.Equal(("i", "j", "f"), (options.Index, copy.Index, copy.Field));
        Assert.Throws<ArgumentException>(() => options.Field = "");
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Top = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.DocumentCeiling = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.QueryCeiling = float.NaN);
    }
}
