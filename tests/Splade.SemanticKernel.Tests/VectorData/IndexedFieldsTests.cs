using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Collections whose definition changes give what LINQ gives on the records that they have.</summary>
public sealed class IndexedFieldsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splade-fields-").FullName;
    private SpladeVectorStorage _storage;

    public IndexedFieldsTests() => _storage = new SpladeVectorStorage(_folder);

    [Fact]
    public async Task Filter_IndexAddedLater_FindsEarlierRecords()
    {
        SpladeDynamicCollection before = Open(_storage, indexed: false);
        await before.EnsureCollectionExistsAsync();
        await Put(before, "a", "planet", 5);
        await Put(before, "b", null, 6);
        Reopen();
        SpladeDynamicCollection after = Open(_storage, indexed: true);
        await Check(after, ["a"], r => (string?)r["Kind"] == "planet");
        await Check(after, ["b"], r => (string?)r["Kind"] == null);
        await Put(after, "c", "planet", 7);
        await Check(after, ["a", "c"], r => (string?)r["Kind"] == "planet");
        await Check(after, ["a", "b"], r => (int)r["Year"]! < 7);

        // All of them put in again makes no difference: the others could have been left. An empty one starts anew.
        await after.DeleteAsync(["a", "b", "c"]);
        await Put(after, "d", "planet", 7);
        await Check(after, ["d"], r => (string?)r["Kind"] == "planet");
        Assert.Equal("Kind String, Year Int32", Remembered(_storage));
    }

    [Fact]
    public async Task Filter_IndexRemovedAndAddedAgain_FindsWhatWasWrittenBetween()
    {
        SpladeDynamicCollection with = Open(_storage, indexed: true);
        await with.EnsureCollectionExistsAsync();
        await Put(with, "a", "planet", 5);
        Assert.Equal("Kind String, Year Int32", Remembered(_storage));
        Reopen();
        Assert.Equal("Kind String, Year Int32", Remembered(_storage));
        await Check(Open(_storage, indexed: true), ["a"], r => (string?)r["Kind"] == "planet");
        await Put(Open(_storage, indexed: false), "b", "planet", 5);
        Reopen();
        with = Open(_storage, indexed: true);
        await Check(with, ["a", "b"], r => (string?)r["Kind"] == "planet");
        await Put(with, "c", "planet", 5);
        Reopen();
        await Check(Open(_storage, indexed: true), ["a", "b", "c"], r => (string?)r["Kind"] == "planet" && (int)r["Year"]! == 5);
        Assert.Equal("", Remembered(_storage));
    }

    [Fact]
    public async Task Filter_TypeChanged_FindsEarlierRecords()
    {
        SpladeDynamicCollection numbers = Open(_storage, indexed: true);
        await numbers.EnsureCollectionExistsAsync();
        await Put(numbers, "a", "planet", 5);
        Reopen();
        SpladeDynamicCollection longs = Open(_storage, indexed: true, year: typeof(long));
        await Check(longs, ["a"], r => (long)r["Year"]! == 5);
        await Put(longs, "b", "planet", 5L);
        await Check(longs, ["a", "b"], r => (long)r["Year"]! >= 5 && (string?)r["Kind"] == "planet");
        Assert.Equal("Kind String", Remembered(_storage));

        // Whether null is allowed is no other form.
        await Put(Open(_storage, indexed: true, year: typeof(int?)), "c", "planet", 5);
        Assert.Equal("Kind String", Remembered(_storage));
    }

    [Fact]
    public async Task Filter_TwoDefinitionsInMemory_GiveTheSame()
    {
        using var memory = new SpladeVectorStorage();
        SpladeDynamicCollection with = Open(memory, indexed: true), without = Open(memory, indexed: false);
        await with.EnsureCollectionExistsAsync();
        await Put(without, "a", "planet", 5);
        await Put(with, "b", "planet", 6);
        await Check(with, ["a", "b"], r => (string?)r["Kind"] == "planet");
        await Check(without, ["a", "b"], r => (string?)r["Kind"] == "planet");
        await with.DeleteAsync(["a", "b"]);
        await Put(with, "c", "planet", 6);
        await Check(with, ["c"], r => (string?)r["Kind"] == "planet");
        await Put(without, "d", "planet", 6);
        await Check(with, ["c", "d"], r => (string?)r["Kind"] == "planet");
        await Check(with, [], r => (string?)r["Kind"] != "planet");
    }

    [Fact]
    public async Task Filter_FolderThatRemembersNothing_AsksNoIndex()
    {
        SpladeDynamicCollection notes = Open(_storage, indexed: true);
        await notes.EnsureCollectionExistsAsync();
        await Put(notes, "a", "planet", 5);
        _storage.Dispose();
        var space = new Dictionary<string, string> { ["columns"] = "", ["key"] = "String" };
        using (RecordTable table = RecordTable.Open(Path.Combine(_folder, "other"), 0, [], space))
        {
            StoredRecord row = table.CreateRecord("""{"Id":"a","Kind":"planet"}""", new Dictionary<string, MetadataValue>(), [], []);
            table.Upsert([KeyValuePair.Create("a", row)]);
        }

        Reopen();
        SpladeDynamicCollection other = Open(_storage, indexed: true, name: "other");
        await Check(other, ["a"], r => (string?)r["Kind"] == "planet");
        await Put(other, "b", "planet", 5);
        await Check(other, ["a", "b"], r => (string?)r["Kind"] == "planet");
        await Check(Open(_storage, indexed: true), ["a"], r => (string?)r["Kind"] == "planet");
    }

    [Fact]
    public async Task Filter_DefinitionsThatTakeTurnsWhileOthersSearch_MissesNothing()
    {
        using var memory = new SpladeVectorStorage();
        SpladeDynamicCollection with = Open(memory, indexed: true), without = Open(memory, indexed: false);
        await with.EnsureCollectionExistsAsync();
        using var end = new CancellationTokenSource();
        Task reader = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                Assert.Empty(await with.GetAsync(r => (string?)r["Kind"] != "planet", 99).ToArrayAsync());
            }
        });
        for (int i = 0; i < 300; i++)
        {
            await Put(i % 2 == 0 ? with : without, "a", "planet", i);
            await Put(i % 2 == 0 ? without : with, "b", "planet", i);
            await with.DeleteAsync(["a", "b"]);
        }

        await end.CancelAsync();
        await reader;
    }

    [Fact]
    public void And_OfRemembered_IsWhatBothHave()
    {
        IndexedFields one = Of("a Int32, b%2C%20 String[], c Guid"), two = Of("b%2C%20 String[], c String, a Int32");
        Assert.Equal("a Int32, b%2C%20 String[]", one.And(two).ToString());
        Assert.True(one.Cover(one.And(two)));
        Assert.False(one.Cover(two));
        Assert.Equal("", one.And(Of("")).ToString());

        static IndexedFields Of(string text) => IndexedFields.Of(new Dictionary<string, string> { [IndexedFields.SpaceName] = text });
    }

    public void Dispose()
    {
        _storage.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Reopen()
    {
        _storage.Dispose();
        _storage = new SpladeVectorStorage(_folder);
    }

    private static string? Remembered(SpladeVectorStorage storage)
    {
        var schema = new CollectionSchema(new SpladeModelBuilder().BuildDynamic(Definition(indexed: false, typeof(int)), null), null);
        return storage.Find("notes", schema, create: false, default)!.EmbeddingSpace.GetValueOrDefault(IndexedFields.SpaceName);
    }

    private static Task Put(SpladeDynamicCollection notes, string id, string? kind, object year) =>
        notes.UpsertAsync(new Dictionary<string, object?> { ["Id"] = id, ["Kind"] = kind, ["Year"] = year });

    private static async Task Check(SpladeDynamicCollection notes, string[] expected, Expression<Func<Dictionary<string, object?>, bool>> filter) =>
        Assert.Equal(expected, await notes.GetAsync(filter, 99).Select(r => (string)r["Id"]!).Order().ToArrayAsync());

    private static SpladeDynamicCollection Open(SpladeVectorStorage storage, bool indexed, Type? year = null, string name = "notes") =>
        new(storage, name, new() { Definition = Definition(indexed, year ?? typeof(int)) });

    private static VectorStoreCollectionDefinition Definition(bool indexed, Type year) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(string)),
            new VectorStoreDataProperty("Kind", typeof(string)) { IsIndexed = indexed },
            new VectorStoreDataProperty("Year", year) { IsIndexed = indexed },
        ],
    };
}
