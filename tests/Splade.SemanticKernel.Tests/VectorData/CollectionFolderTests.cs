using Microsoft.Extensions.VectorData;
using Splade.AI.Hybrid;
using Splade.AI.Search.Storage;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Which folders are collections, and what deleting one takes away.</summary>
public sealed class CollectionFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("splade-collections-").FullName;

    [Fact]
    public async Task Delete_DamagedCollection_TakesItOut()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage).EnsureCollectionExistsAsync();
        }

        string manifest = Path.Combine(_folder, "notes", "manifest");
        File.WriteAllText(manifest, File.ReadAllText(manifest)[..^5]);
        using var again = new SpladeVectorStorage(_folder);
        await Assert.ThrowsAsync<VectorStoreException>(() => Notes(again).GetAsync("a"));
        await Notes(again).EnsureCollectionDeletedAsync();
        await Notes(again).EnsureCollectionExistsAsync();
        Assert.Null(await Notes(again).GetAsync("a"));
    }

    [Fact]
    public async Task Folder_OfSomethingElse_IsNoCollection()
    {
        string photos = Directory.CreateDirectory(Path.Combine(_folder, "photos")).FullName;
        File.WriteAllText(Path.Combine(photos, "wedding.jpg"), "x");
        using var storage = new SpladeVectorStorage(_folder);
        using var store = new SpladeVectorStore(storage);
        Assert.Empty(await store.ListCollectionNamesAsync().ToArrayAsync());
        Assert.False(await store.CollectionExistsAsync("photos"));
        await Assert.ThrowsAsync<VectorStoreException>(() => Notes(storage, "photos").GetAsync("a"));
        await store.EnsureCollectionDeletedAsync("photos");
        Assert.Equal(["wedding.jpg"], Directory.GetFileSystemEntries(photos).Select(Path.GetFileName));

        // None is made there either.
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(storage, "photos").EnsureCollectionExistsAsync());
        Assert.Contains("Found 'wedding.jpg'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_FilesOfOthersBesideACollection_LeavesThem()
    {
        using var storage = new SpladeVectorStorage(_folder);
        await Notes(storage).EnsureCollectionExistsAsync();
        await Notes(storage).UpsertAsync(new Note { Id = "a", Text = "mars" });
        string notes = Path.Combine(_folder, "notes");
        File.WriteAllText(Path.Combine(notes, "wedding.jpg"), "x");
        File.WriteAllText(Path.Combine(notes, "log-20261130"), "mine");
        await Notes(storage).EnsureCollectionDeletedAsync();
        Assert.Equal(["log-20261130", "wedding.jpg"], Directory.GetFileSystemEntries(notes).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Delete_DiedInTheMiddle_CanBeDoneAgainOrMadeAnew()
    {
        foreach (string name in new[] { "again", "anew" })
        {
            using var storage = new SpladeVectorStorage(_folder);
            await Notes(storage, name).EnsureCollectionExistsAsync();
            await Notes(storage, name).UpsertAsync(new Note { Id = "a", Text = "mars" });
            string mark = Path.Combine(_folder, name, FolderMarks.Deleting);
            DurableFile.Flushing = path =>
            {
                if (File.Exists(mark))
                {
                    throw new OperationCanceledException($"died at {path}");
                }
            };
            await Assert.ThrowsAsync<OperationCanceledException>(() => Notes(storage, name).EnsureCollectionDeletedAsync());
            DurableFile.Flushing = null;
            Assert.False(await Notes(storage, name).CollectionExistsAsync());
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder, name), "log-*"));
            if (name == "anew")
            {
                await Notes(storage, name).EnsureCollectionExistsAsync();
                Assert.Null(await Notes(storage, name).GetAsync("a"));
            }

            await Notes(storage, name).EnsureCollectionDeletedAsync();
            Assert.Empty(Directory.GetFileSystemEntries(_folder));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_WhatIsNoCollection_IsRefused(bool isIndex)
    {
        string other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        if (isIndex)
        {
            (await EmbeddedHybridStore.OpenAsync(other)).Dispose();
        }
        else
        {
            File.WriteAllText(Path.Combine(other, "manifest"), "cargo");
        }

        string[] files = Directory.GetFiles(other);
        using var storage = new SpladeVectorStorage(_folder);
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(storage, "other").EnsureCollectionDeletedAsync());
        Assert.Equal(("other", "EnsureCollectionDeleted"), (e.CollectionName, e.OperationName));
        Assert.Equal(files, Directory.GetFiles(other));
    }

    [Fact]
    public async Task Delete_WhatAnotherHoldsOpen_IsRefused()
    {
        using var storage = new SpladeVectorStorage(_folder);
        await Notes(storage).EnsureCollectionExistsAsync();
        await Notes(storage).UpsertAsync(new Note { Id = "a", Text = "mars" });
        using (var second = new SpladeVectorStorage(_folder))
        {
            var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(second).EnsureCollectionDeletedAsync());
            Assert.Contains("open", e.Message, StringComparison.Ordinal);
        }

        await Notes(storage).UpsertAsync(new Note { Id = "b", Text = "venus" });
        storage.Dispose();
        using var third = new SpladeVectorStorage(_folder);
        Assert.Equal(2, await Notes(third).GetAsync(n => true, 9).CountAsync());
        await Notes(third).EnsureCollectionDeletedAsync();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SpladeCollection<string, Note> Notes(SpladeVectorStorage storage, string name = "notes") =>
        new(storage, name, new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
}
