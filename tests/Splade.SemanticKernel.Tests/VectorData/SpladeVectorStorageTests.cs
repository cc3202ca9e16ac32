using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.ModelFiles;
using Splade.AI.Search;
using Splade.AI.Search.Storage;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

public sealed class SpladeVectorStorageTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("splade-storage-").FullName, "collections");

    [Fact]
    public async Task Collection_OpenedAgain_HasWhatWasPutIn()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            SpladeCollection<string, Note> notes = Notes(storage);
            await notes.EnsureCollectionExistsAsync();
            await notes.UpsertAsync(Enumerable.Range(0, 1100).Select(
                i => new Note { Id = $"{i}", Text = i == 1050 ? "mars" : null, Array = i % 2 == 0 ? [i + 1, 1] : null }));
            await notes.DeleteAsync("1098");
        }

        using (var storage = new SpladeVectorStorage(_folder))
        {
            SpladeCollection<string, Note> notes = Notes(storage);
            Assert.True(await notes.CollectionExistsAsync());
            Assert.Equal(1099, await notes.GetAsync(n => true, 5000).CountAsync());
            Note? note = await notes.GetAsync("1096", new() { IncludeVectors = true });
            Assert.Equal([1097f, 1], note!.Array!);
            float[] query = [1, 0];
            Assert.Equal(
                ["1096", "1094"], await notes.SearchAsync(query, 2, new() { VectorProperty = n => n.Array }).Select(r => r.Record.Id).ToArrayAsync());
            VectorSearchResult<Note> found = await notes.HybridSearchAsync(query, ["mars"], 1, new() { VectorProperty = n => n.Array }).SingleAsync();
            Assert.Equal("1050", found.Record.Id);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("..")]
    [InlineData("a/b\\c:d")]
    [InlineData("\u00e4 %2F.")]
    public async Task Store_AnyName_IsOneSubfolder(string name)
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage, name).EnsureCollectionExistsAsync();
            await Notes(storage, "other").EnsureCollectionExistsAsync();
        }

        using var again = new SpladeVectorStorage(_folder);
        using var store = new SpladeVectorStore(again);
        Assert.Equal(new[] { "other", name }.Order(StringComparer.Ordinal), await store.ListCollectionNamesAsync().ToArrayAsync());
        Assert.True(await store.CollectionExistsAsync(name));
        await store.EnsureCollectionDeletedAsync(name);
        await store.EnsureCollectionDeletedAsync(name);
        Assert.Equal(["other"], await store.ListCollectionNamesAsync().ToArrayAsync());
        Assert.Single(Directory.GetDirectories(_folder));
    }

    [Fact]
    public async Task Collection_OfOtherVectorsOrKeys_IsRefused()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage).EnsureCollectionExistsAsync();
        }

        using var again = new SpladeVectorStorage(_folder);
        var other = new SpladeCollection<int, Everything>(again, "notes");
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => other.EnsureCollectionExistsAsync());
        Assert.IsType<SearchStorageException>(e.InnerException);

        using var memory = new SpladeVectorStorage();
        await Notes(memory).EnsureCollectionExistsAsync();
        e = await Assert.ThrowsAsync<VectorStoreException>(() => new SpladeCollection<int, Everything>(memory, "notes").UpsertAsync(new Everything()));
        Assert.Contains("key is 'String'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collection_WithPropertiesInAnotherOrder_IsTheSame()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            SpladeDynamicCollection one = Vectors(storage, "a", "bb");
            await one.EnsureCollectionExistsAsync();
            await one.UpsertAsync(new Dictionary<string, object?> { ["Id"] = "1", ["a"] = new float[] { 1 }, ["bb"] = new float[] { 1, 2 } });
        }

        using var again = new SpladeVectorStorage(_folder);
        Dictionary<string, object?>? record = await Vectors(again, "bb", "a").GetAsync("1", new() { IncludeVectors = true });
        Assert.Equal([1f, 2], (float[])record!["bb"]!);

        static SpladeDynamicCollection Vectors(SpladeVectorStorage storage, params string[] names) => new(storage, "vectors", new()
        {
            Definition = new()
            {
                Properties =
                [
                    new VectorStoreKeyProperty("Id", typeof(string)),
                    .. names.Select(name => new VectorStoreVectorProperty(name, typeof(float[]), name.Length)),
                ],
            },
        });
    }

    [Fact]
    public async Task Collection_OfOtherModels_IsRefusedUntilItIsEmptied()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            SpladeCollection<string, Note> notes = Notes(storage, identity: Identity("one"));
            await notes.EnsureCollectionExistsAsync();
            await notes.UpsertAsync(new Note { Id = "a", Text = "mars", Array = [1, 0] });
        }

        using var again = new SpladeVectorStorage(_folder);
        SpladeCollection<string, Note> others = Notes(again, identity: Identity("two"));
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => others.UpsertAsync(new Note { Id = "b", Text = "venus" }));
        Assert.Contains("model one", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VectorStoreException>(
            async () => await others.HybridSearchAsync(new float[] { 1, 0 }, ["mars"], 1, new() { VectorProperty = n => n.Array }).ToArrayAsync());
        Assert.Single(await others.SearchAsync(new float[] { 1, 0 }, 1, new() { VectorProperty = n => n.Array }).ToArrayAsync());

        await others.DeleteAsync("a");
        await others.UpsertAsync(new Note { Id = "b", Text = "venus" });
        await Assert.ThrowsAsync<VectorStoreException>(() => Notes(again, identity: Identity("one")).UpsertAsync(new Note { Id = "c", Text = "mars" }));
    }

    [Fact]
    public async Task Collection_OfModelsWithHashes_IsKnownByTheseAndNotByNames()
    {
        SparseModelIdentity one = Identity("one") with { ModelHash = "1" };
        await PutAsync(one, "a");
        await PutAsync(one with { ModelName = "a copy" }, "b");
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => PutAsync(one with { ModelHash = "2" }, "c"));
        Assert.Contains("model-hash 1", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VectorStoreException>(() => PutAsync(one with { DocumentPolicyHash = "p" }, "c"));
    }

    [Fact]
    public async Task Collection_OfBeforeHashes_IsKnownByTheNameUntilItHasOne()
    {
        SparseModelIdentity before = Identity("one"), now = before with { ModelHash = "1" };
        await PutAsync(before, "a");
        await Assert.ThrowsAsync<VectorStoreException>(() => PutAsync(now with { ModelName = "two" }, "b"));
        await PutAsync(now, "b");
        await Assert.ThrowsAsync<VectorStoreException>(() => PutAsync(now with { ModelHash = "2" }, "c"));
        await PutAsync(now with { ModelName = "two" }, "c");
    }

    private async Task PutAsync(SparseModelIdentity identity, string id)
    {
        using var storage = new SpladeVectorStorage(_folder);
        SpladeCollection<string, Note> notes = Notes(storage, identity: identity);
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(new Note { Id = id, Text = "mars", Array = [1, 0] });
    }

    [Fact]
    public async Task Folder_InUse_IsRefused()
    {
        using var storage = new SpladeVectorStorage(_folder);
        await Notes(storage).EnsureCollectionExistsAsync();
        using var second = new SpladeVectorStorage(_folder);
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(second).GetAsync("a"));
        Assert.Equal("Get", e.OperationName);
    }

    [Fact]
    public async Task Folder_Damaged_IsRefused()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage).EnsureCollectionExistsAsync();
        }

        File.WriteAllText(Path.Combine(_folder, "notes", "manifest"), "nothing");
        using var again = new SpladeVectorStorage(_folder);
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => Notes(again).UpsertAsync(new Note { Id = "a" }));
        Assert.IsType<SearchStorageException>(e.InnerException);
    }

    [Fact]
    public async Task Collections_OfOtherNames_DoNotWaitForOneThatOpens()
    {
        using (var storage = new SpladeVectorStorage(_folder))
        {
            await Notes(storage, "other").EnsureCollectionExistsAsync();
        }

        using var again = new SpladeVectorStorage(_folder);
        using var opens = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        DurableFile.Flushing = _ =>
        {
            opens.Set();
            mayGoOn.Wait();
        };
        Task slow = Task.Run(() => Notes(again, "slow").EnsureCollectionExistsAsync());
        DurableFile.Flushing = null;
        opens.Wait();
        await Notes(again, "other").UpsertAsync(new Note { Id = "a", Text = "mars" });
        await Notes(again, "other").EnsureCollectionDeletedAsync();
        await Notes(again, "new").EnsureCollectionExistsAsync();
        Assert.False(slow.IsCompleted);
        mayGoOn.Set();
        await slow;
        Assert.True(await Notes(again, "slow").CollectionExistsAsync());
    }

    [Fact]
    public async Task Upsert_ClosedMeanwhile_SaysWhatWasClosed()
    {
        var storage = new SpladeVectorStorage(_folder);
        await Notes(storage).EnsureCollectionExistsAsync();
        SpladeCollection<string, Note> deleted = During(() => Notes(storage).EnsureCollectionDeletedAsync());
        var e = await Assert.ThrowsAsync<VectorStoreException>(() => deleted.UpsertAsync(new Note { Id = "a", Text = "mars" }));
        Assert.Contains("deleted meanwhile", e.Message, StringComparison.Ordinal);
        Assert.False(await deleted.CollectionExistsAsync());

        await Notes(storage).EnsureCollectionExistsAsync();
        await Notes(storage).UpsertAsync(new Note { Id = "a", Text = "mars" });
        var foreign = new ObjectDisposedException("an engine");
        Assert.Same(foreign, await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await Notes(storage).GetAsync(n => Throw(foreign), 1).ToArrayAsync()));

        SpladeCollection<string, Note> closed = During(() =>
        {
            storage.Dispose();
            return Task.CompletedTask;
        });
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed.UpsertAsync(new Note { Id = "a", Text = "mars" }));

        SpladeCollection<string, Note> During(Func<Task> work) => new(storage, "notes", new()
        {
            SparseEmbeddingGenerator = new TestEmbeddingGenerator<SparseEmbedding>
            {
                GenerateCallback = (texts, options) =>
                {
                    work().GetAwaiter().GetResult();
                    return new(texts.Select(text => new SparseEmbedding(TestGenerators.SparseOf(text, options))));
                },
            },
        });
    }

    [Fact]
    public async Task Collection_MadeUsedAndDeletedByMany_GivesNoOtherErrors()
    {
        using var storage = new SpladeVectorStorage(_folder);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (int i = 0; i < 40; i++)
            {
                SpladeCollection<string, Note> notes = Notes(storage, $"notes{random.Next(2)}");
                try
                {
                    await (random.Next(4) switch
                    {
                        0 => notes.EnsureCollectionDeletedAsync(),
                        1 => notes.EnsureCollectionExistsAsync(),
                        2 => notes.UpsertAsync(new Note { Id = $"{i}", Text = "mars", Language = "en" }),
                        _ => notes.GetAsync(n => n.Language == "en", 9).CountAsync().AsTask(),
                    });
                }
                catch (VectorStoreException e)
                {
                    Assert.True(e.Message.Contains("There is no collection", StringComparison.Ordinal)
                        || e.Message.Contains("deleted meanwhile", StringComparison.Ordinal), e.ToString());
                }
            }
        })));
    }

    [Fact]
    public async Task Disposed_Storage_SaysSo()
    {
        var store = new SpladeVectorStore(options: new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
        VectorStoreCollection<string, Note> notes = store.GetCollection<string, Note>("notes");
        await notes.EnsureCollectionExistsAsync();
        store.Dispose();
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.UpsertAsync(new Note { Id = "a" }));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => notes.GetAsync("a"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.CollectionExistsAsync("notes"));

        // One of the caller's is the caller's.
        using var storage = new SpladeVectorStorage();
        new SpladeVectorStore(storage).Dispose();
        await Notes(storage).EnsureCollectionExistsAsync();
    }

    [Fact]
    public async Task Writers_AtTheSameTime_AreSeenAsAWhole()
    {
        using var storage = new SpladeVectorStorage(_folder);
        SpladeCollection<string, Note> notes = Notes(storage);
        await notes.EnsureCollectionExistsAsync();
        using var end = new CancellationTokenSource();
        Task reader = Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                Assert.Equal(0, await Notes(storage).SearchAsync(new float[] { 1, 1 }, 5000, new() { VectorProperty = n => n.Array }).CountAsync() % 10);
            }
        });
        int batches = Trials.Of(3, slow: 10);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int batch = 0; batch < batches; batch++)
            {
                await Notes(storage).UpsertAsync(Enumerable.Range(0, 10).Select(i => new Note { Id = $"{writer}/{batch}/{i}", Array = [1, 2] }));
            }
        })));
        await end.CancelAsync();
        await reader;
        Assert.Equal(80 * batches, await notes.GetAsync(n => true, 5000).CountAsync());
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private static SpladeCollection<string, Note> Notes(SpladeVectorStorage storage, string name = "notes", SparseModelIdentity? identity = null) =>
        new(storage, name, new() { SparseEmbeddingGenerator = TestGenerators.Sparse(identity) });

    private static bool Throw(Exception e) => throw e;

    private static SparseModelIdentity Identity(string model) => new()
    {
        ModelName = model,
        Dimensions = TestGenerators.Words,
        VocabularyHash = "hash",
        Pooling = PoolingStrategy.Max,
        Activation = SpladeActivation.Relu,
    };
}
