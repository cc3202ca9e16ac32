using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Names of collections, and the folders that belong to them.</summary>
public sealed class CollectionNameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splade-names-").FullName;

    [Fact]
    public async Task Collections_WhoseNamesFileSystemsMixUp_AreApart()
    {
        string[] names = ["notes", "Notes", "notes.", "notes ", "con", "com1", "\u00e9", "e\u0301", new string('\u3042', 300), new string('\u3042', 301)];
        using (var storage = new SpladeVectorStorage(_folder))
        {
            foreach (string name in names)
            {
                await Notes(storage, name).EnsureCollectionExistsAsync();
                await Notes(storage, name).UpsertAsync(new Note { Id = name, Text = "mars" });
            }
        }

        using var again = new SpladeVectorStorage(_folder);
        using var store = new SpladeVectorStore(again);
        Assert.Equal(names.Order(StringComparer.Ordinal), await store.ListCollectionNamesAsync().ToArrayAsync());
        string[] folders = [.. Directory.GetDirectories(_folder).Select(folder => Path.GetFileName(folder)!)];
        Assert.Equal(names.Length, folders.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (string name in names)
        {
            Assert.Equal([name], await Notes(again, name).GetAsync(n => true, 9).Select(n => n.Id).ToArrayAsync());
            await store.EnsureCollectionDeletedAsync(name);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Collection_InAFolderThatWasRenamed_IsRefused()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage, "before").EnsureCollectionExistsAsync();
            await Notes(storage, "before").UpsertAsync(new Note { Id = "a", Text = "mars" });
        }

        Directory.Move(Path.Combine(_folder, "before"), Path.Combine(_folder, "after"));
        using (var storage = new SpladeVectorStorage(_folder))
        {
            var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(storage, "after").GetAsync("a"));
            Assert.Contains("'before'", e.Message, StringComparison.Ordinal);
            Assert.Contains("'after'", e.Message, StringComparison.Ordinal);
        }

        Directory.Move(Path.Combine(_folder, "after"), Path.Combine(_folder, "before"));
        using var again = new SpladeVectorStorage(_folder);
        Assert.NotNull(await Notes(again, "before").GetAsync("a"));
    }

    [Theory]
    [InlineData('\ud800')]
    [InlineData('\udc00')]
    public async Task Collection_OfInvalidUtf16_IsRefused(char half)
    {
        string name = $"a{half}";
        using var storage = new SpladeVectorStorage(_folder);
        using var store = new SpladeVectorStore(storage);

        ArgumentException e = Assert.Throws<ArgumentException>("name", () => Notes(storage, name));
        Assert.Contains("half a surrogate pair", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>("name", () => store.CollectionExistsAsync(name));
        await Assert.ThrowsAsync<ArgumentException>("name", () => store.EnsureCollectionDeletedAsync(name));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SpladeCollection<string, Note> Notes(SpladeVectorStorage storage, string name) =>
        new(storage, name, new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
}
