using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

public sealed class SpladeDynamicCollectionTests : IDisposable
{
    private readonly SpladeVectorStore _store = new(options: new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });

    [Fact]
    public async Task Records_AreThoseOfTheTypedCollection()
    {
        VectorStoreCollection<object, Dictionary<string, object?>> dynamic = _store.GetDynamicCollection("places", Definition());
        await dynamic.EnsureCollectionExistsAsync();
        await dynamic.UpsertAsync(
        [
            new() { ["Id"] = 1L, ["Text"] = "red planet", ["Tags"] = new List<string> { "x", "y" }, ["Vector"] = new ReadOnlyMemory<float>([1, 2]) },
            new() { ["Id"] = 2L, ["Text"] = null, ["Vector"] = null },
        ]);

        VectorStoreCollection<long, Place> typed = _store.GetCollection<long, Place>("places", Definition());
        Place? place = await typed.GetAsync(1, new() { IncludeVectors = true });
        Assert.Equal(("red planet", "x,y", 2), (place!.Text, string.Join(',', place.Tags!), place.Vector.Length));

        Dictionary<string, object?>? empty = await dynamic.GetAsync(2L, new() { IncludeVectors = true });
        Assert.Equal(["Id", "Tags", "Text", "Vector"], empty!.Keys.Order());
        Assert.Null(empty["Text"]);
        Assert.True(((ReadOnlyMemory<float>)empty["Vector"]!).IsEmpty);
        Assert.False((await dynamic.GetAsync(1L))!.ContainsKey("Vector"));
    }

    [Fact]
    public async Task Filters_NamesAndValues_AreChecked()
    {
        VectorStoreCollection<object, Dictionary<string, object?>> dynamic = _store.GetDynamicCollection("places", Definition());
        await dynamic.EnsureCollectionExistsAsync();
        await dynamic.UpsertAsync(
        [
            new() { ["Id"] = 1L, ["Text"] = "red", ["Tags"] = new List<string> { "x" } },
            new() { ["Id"] = 2L, ["Text"] = "hot", ["Tags"] = null },
        ]);
        string name = "Text";
        Assert.Equal([1L], await dynamic.GetAsync(r => (string)r["Text"]! == "red", 9).Select(r => r["Id"]).ToArrayAsync());
        Assert.Equal([1L], await dynamic.GetAsync(r => r[name] == (object)new string("red"), 9).Select(r => r["Id"]).ToArrayAsync());
        Assert.Equal([1L], await dynamic.GetAsync(r => ((List<string>)r["Tags"]!).Contains("x"), 9).Select(r => r["Id"]).ToArrayAsync());
        Assert.Equal([2L], await dynamic.GetAsync(r => (long)r["Id"]! > 1, 9).Select(r => r["Id"]).ToArrayAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await dynamic.GetAsync(r => r["Txt"] == null, 9).ToArrayAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await dynamic.GetAsync(r => r["Txt"]!.ToString() == "red", 9).ToArrayAsync());
        await Assert.ThrowsAsync<ArgumentException>(() => dynamic.GetAsync(1));
    }

    [Fact]
    public async Task Filters_Keys_AskOnlyTheirRecords()
    {
        VectorStoreCollection<object, Dictionary<string, object?>> collection = await SparseDataAsync(isIndexed: false);
        var asked = new List<object?>();
        Assert.Equal([2L], await collection.GetAsync(r => (long)r["Id"]! == 2 && Remember(r["Id"], asked), 9).Select(r => r["Id"]).ToArrayAsync());
        Assert.Equal([2L], await collection.GetAsync(r => Remember(r["Id"], asked) && (long)r["Id"]! == 2, 9).Select(r => r["Id"]).ToArrayAsync());
        Assert.Equal([2L, 2L], asked);
    }

    [Fact]
    public async Task UpsertAsync_ValuesOfOtherTypes_AreRefusedBeforeAnyIsEncoded()
    {
        var sparse = TestGenerators.Sparse();
        using var collection = new SpladeDynamicCollection(
            (SpladeVectorStorage)_store.GetService(typeof(SpladeVectorStorage))!, "typed", new() { Definition = Definition(), SparseEmbeddingGenerator = sparse });
        await collection.EnsureCollectionExistsAsync();
        await Check("Id", 1, "type Int32 for property 'Id', expected Int64");
        await Check("Text", 5, "type Int32 for property 'Text', expected String");
        await Check("Tags", new[] { "x" }, "type String[] for property 'Tags', expected List<String>");
        await Check("Vector", new float[] { 1, 2 }, "type Single[] for property 'Vector', expected ReadOnlyMemory<Single>");
        Assert.Empty(sparse.Calls);

        async Task Check(string name, object value, string expected)
        {
            Dictionary<string, object?>[] records =
            [
                new() { ["Id"] = 1L, ["Text"] = "red" },
                new() { ["Id"] = 2L, ["Text"] = "hot", [name] = value },
            ];
            var e = await Assert.ThrowsAsync<ArgumentException>("records", () => collection.UpsertAsync(records));
            Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Filters_CastsOfMissingValues_AnswerTheSameWithAndWithoutIndex()
    {
        int[] years = [5, 7];
        VectorStoreCollection<object, Dictionary<string, object?>> indexed = await SparseDataAsync(isIndexed: true);
        VectorStoreCollection<object, Dictionary<string, object?>> compiled = await SparseDataAsync(isIndexed: false);
        await Check(r => (int)r["Year"]! > 3, 1L);
        await Check(r => 3 < (int)r["Year"]!, 1L);
        await Check(r => (int)r["Year"]! == 5, 1L);
        await Check(r => (int)r["Year"]! != 5, 2L, 3L);
        await Check(r => !((int)r["Year"]! > 3), 2L, 3L);
        await Check(r => !((int)r["Year"]! != 5), 1L);
        await Check(r => (int)r["Year"]! > 3 || (bool)r["Known"]!, 1L);
        await Check(r => (bool)r["Known"]!, 1L);
        await Check(r => !(bool)r["Known"]!, 2L, 3L);
        await Check(r => (bool)r["Known"]! == false, 2L);
        await Check(r => (bool)r["Known"]! != false, 1L, 3L);
        await Check(r => years.Contains((int)r["Year"]!), 1L);
        await Check(r => !years.Contains((int)r["Year"]!), 2L, 3L);
        await Check(r => (int)r["Year"]! + 1 == 6, 1L);
        await Check(r => (long)(int)r["Year"]! == 2, 2L);
        await Check(r => ((DateOnly)r["Day"]!).Year == 2020 && r["Year"] != null, 2L);
        await Check(r => years.Any(year => year == (int)r["Year"]!), 1L);
        await Check(r => ((int)r["Year"]! > 3) == false, 2L, 3L);
        await Check(r => (int?)r["Year"] > 3, 1L);

        async Task Check(Expression<Func<Dictionary<string, object?>, bool>> condition, params object[] expected)
        {
            Assert.Equal(expected, await indexed.GetAsync(condition, 9).Select(r => r["Id"]).ToArrayAsync());
            Assert.Equal(expected, await compiled.GetAsync(condition, 9).Select(r => r["Id"]).ToArrayAsync());
        }
    }

    [Fact]
    public void GetCollection_Dictionaries_SaysWhereTheyAre()
    {
        var e = Assert.Throws<ArgumentException>(() => _store.GetCollection<object, Dictionary<string, object?>>("places", Definition()));
        Assert.Contains("GetDynamicCollection", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SpladeDynamicCollection(new SpladeVectorStorage(), "places", new()));
    }

    public void Dispose() => _store.Dispose();

    private static bool Remember(object? value, List<object?> values)
    {
        values.Add(value);
        return true;
    }

    private async Task<VectorStoreCollection<object, Dictionary<string, object?>>> SparseDataAsync(bool isIndexed)
    {
        VectorStoreCollection<object, Dictionary<string, object?>> collection = _store.GetDynamicCollection($"data {isIndexed}", new()
        {
            Properties =
            [
                new VectorStoreKeyProperty("Id", typeof(long)),
                new VectorStoreDataProperty("Year", typeof(int)) { IsIndexed = isIndexed },
                new VectorStoreDataProperty("Known", typeof(bool)) { IsIndexed = isIndexed },
                new VectorStoreDataProperty("Day", typeof(DateOnly)) { IsIndexed = isIndexed },
            ],
        });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(
        [
            new() { ["Id"] = 1L, ["Year"] = 5, ["Known"] = true },
            new() { ["Id"] = 2L, ["Year"] = 2, ["Known"] = false, ["Day"] = new DateOnly(2020, 2, 29) },
            new() { ["Id"] = 3L, ["Year"] = null },
        ]);
        return collection;
    }

    private static VectorStoreCollectionDefinition Definition() => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(long)),
            new VectorStoreDataProperty("Text", typeof(string)) { IsIndexed = true, IsFullTextIndexed = true },
            new VectorStoreDataProperty("Tags", typeof(List<string>)) { IsIndexed = true },
            new VectorStoreVectorProperty("Vector", typeof(ReadOnlyMemory<float>), 2),
        ],
    };

    private sealed class Place
    {
        public long Id { get; set; }

        public string? Text { get; set; }

        public List<string>? Tags { get; set; }

        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
