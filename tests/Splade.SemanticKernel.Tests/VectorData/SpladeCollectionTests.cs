using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

public sealed class SpladeCollectionTests : IDisposable
{
    private static readonly RecordRetrievalOptions WithVectors = new() { IncludeVectors = true };

    private readonly SpladeVectorStorage _storage = new();

    [Fact]
    public async Task UpsertAsync_VectorsOfAllKinds_ComeBackAsTheyWere()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        var note = new Note
        {
            Id = "a",
            Text = "red planet",
            Dense = new float[] { 1, 2, 3 },
            Array = [4, 5],
            Embedding = new Embedding<float>(new float[] { 1, 0, 0, 9 }),
            Sparse = new SparseEmbedding(new int[] { 3, 9 }, new float[] { 1.5f, 2 }, TestGenerators.Words),
        };
        await notes.UpsertAsync(note);
        note.Array[0] = 99;

        Note? found = await notes.GetAsync("a", WithVectors);
        Assert.Equal(("red planet", null), (found!.Text, found.Language));
        Assert.Equal([1f, 2, 3], found.Dense.ToArray());
        Assert.Equal([4f, 5], found.Array!);
        Assert.Equal([1f, 0, 0, 9], found.Embedding!.Vector.ToArray());
        Assert.Equal(note.Sparse.Vector, found.Sparse!.Vector);

        Note? bare = await notes.GetAsync("a");
        Assert.True(bare!.Dense.IsEmpty && bare.Array is null && bare.Embedding is null && bare.Sparse is null);
    }

    [Fact]
    public async Task UpsertAsync_WithoutVectors_HasNoneAndIsFoundByNone()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync([new() { Id = "none" }, new() { Id = "one", Array = [1, 1], Dense = new float[] { -1, 0, 0 } }]);

        Note? found = await notes.GetAsync("none", WithVectors);
        Assert.True(found!.Dense.IsEmpty && found.Array is null && found.Embedding is null && found.Sparse is null);
        var dense = new ReadOnlyMemory<float>([1, 0, 0]);
        Assert.Equal(["one"], await Ids(notes.SearchAsync(dense, 9, new() { VectorProperty = n => n.Dense })));
        Assert.Equal(["one"], await Ids(notes.SearchAsync(new float[] { 1, 0 }, 9, new() { VectorProperty = n => n.Array })));
        Assert.Empty(await Ids(notes.SearchAsync(new float[] { 1, 0, 0, 0 }, 9, new() { VectorProperty = n => n.Embedding })));
        Assert.Equal(["none", "one"], await notes.GetAsync(n => n.Text == null, 9).Select(n => n.Id).ToArrayAsync());
    }

    [Fact]
    public async Task UpsertAsync_ExistingKey_ReplacesAllOfTheRecord()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(new Note { Id = "a", Text = "mars", Array = [1, 1] });
        await notes.UpsertAsync([new Note { Id = "a", Text = "venus" }, new Note { Id = "a", Text = "red" }]);

        Assert.Equal("red", (await notes.GetAsync("a", WithVectors))!.Text);
        Assert.Empty(await Ids(notes.SearchAsync(new float[] { 1, 0 }, 9, new() { VectorProperty = n => n.Array })));
        Assert.Single(await notes.GetAsync(n => true, 9).ToArrayAsync());
    }

    [Fact]
    public async Task UpsertAsync_OneBadRecord_PutsNothingIn()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        Note good = new() { Id = "good", Array = [1, 2] };
        var e = await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([good, new() { Id = "bad", Array = [1, 2, 3] }]));
        Assert.Contains("3 dimensions for property 'Array', expected 2", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([good, new() { Id = "bad", Array = [1, float.NaN] }]));
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([good, new() { Id = "bad", Dense = new float[3] }]));
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([good, null!]));
        await Assert.ThrowsAsync<ArgumentException>(() => notes.UpsertAsync([good, new() { Id = null! }]));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => notes.UpsertAsync([good], new CancellationToken(canceled: true)));

        Assert.Null(await notes.GetAsync("good"));
    }

    [Fact]
    public async Task DeleteAsync_Keys_TakesThemOut()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(new[] { "a", "b", "c", "d" }.Select(id => new Note { Id = id }));
        await notes.DeleteAsync("a");
        await notes.DeleteAsync(["b", "nothing", "c"]);
        Assert.Equal(["d"], await notes.GetAsync(["d", "a", "b", "c"]).Select(n => n.Id).ToArrayAsync());
    }

    [Fact]
    public async Task UpsertAsync_EmptyGuid_IsMade()
    {
        var collection = new SpladeCollection<Guid, Keyed<Guid>>(_storage, "guids");
        await collection.EnsureCollectionExistsAsync();
        Keyed<Guid>[] records = [new(), new(), new() { Id = new Guid("603840bf-cf91-4521-8b8e-8b6a2e75910a") }];
        await collection.UpsertAsync(records);
        Assert.Equal(3, records.Select(record => record.Id).Distinct().Count());
        Assert.DoesNotContain(records, record => record.Id == Guid.Empty);
        Assert.Equal(new Guid("603840bf-cf91-4521-8b8e-8b6a2e75910a"), records[2].Id);
        Assert.NotNull(await collection.GetAsync(records[1].Id));
    }

    [Fact]
    public async Task Keys_OfAllTypes_ComeBack()
    {
        await Check(long.MinValue, long.MaxValue);
        await Check(int.MinValue, 0);
        await Check("\u00e4 /\\ ..", " ");
        await Check(Guid.NewGuid(), Guid.NewGuid());

        async Task Check<TKey>(TKey one, TKey other)
            where TKey : notnull
        {
            var collection = new SpladeCollection<TKey, Keyed<TKey>>(_storage, typeof(TKey).Name);
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync([new() { Id = one, Value = 1 }, new() { Id = other, Value = 2 }]);
            Assert.Equal(2, (await collection.GetAsync(other))!.Value);
            Assert.Equal([one, other], await collection.GetAsync([one, other]).Select(record => record.Id).ToArrayAsync());
        }
    }

    [Fact]
    public async Task Operations_WithoutCollection_SayThatThereIsNone()
    {
        var notes = new SpladeCollection<string, Note>(_storage, "nowhere", new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
        Func<Task>[] operations =
        [
            () => notes.UpsertAsync(new Note { Id = "a" }),
            () => notes.GetAsync("a"),
            () => notes.DeleteAsync("a"),
            async () => await notes.GetAsync(["a"]).ToArrayAsync(),
            async () => await notes.GetAsync(n => true, 1).ToArrayAsync(),
            async () => await notes.SearchAsync(new float[] { 1, 0 }, 1, new() { VectorProperty = n => n.Array }).ToArrayAsync(),
        ];
        foreach (Func<Task> operation in operations)
        {
            var e = await Assert.ThrowsAsync<VectorStoreException>(operation);
            Assert.Equal(("splade", "nowhere"), (e.VectorStoreSystemName, e.CollectionName));
            Assert.Contains("There is no collection 'nowhere'", e.Message, StringComparison.Ordinal);
            Assert.NotNull(e.OperationName);
        }
    }

    [Fact]
    public void Constructor_WhatTheStoreDoesNotHave_IsRefused()
    {
        var e = Assert.Throws<InvalidOperationException>(() => new SpladeCollection<string, Note>(_storage, "notes"));
        Assert.Contains("'Text' is full-text indexed", e.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => new SpladeCollection<string, Far>(_storage, "far"));
        Assert.Throws<NotSupportedException>(() => new SpladeCollection<byte, Keyed<byte>>(_storage, "bytes"));
        Assert.Throws<ArgumentException>(() => new SpladeCollection<string, Dictionary<string, object?>>(_storage, "dictionaries"));
        Assert.Throws<ArgumentException>(() => new SpladeCollection<string, Note>(_storage, " "));
        Assert.Throws<InvalidOperationException>(() => new SpladeCollection<int, Keyed<string>>(_storage, "keys"));
    }

    [Fact]
    public void Constructor_TextsForVectorsWithoutGenerator_SaysWhichIsMissing()
    {
        var sparse = TestGenerators.Sparse();
        Check(new() { Definition = Texts(null) }, "is to become a dense vector", "Set EmbeddingGenerator in");
        Check(new() { Definition = Texts(null), SparseEmbeddingGenerator = sparse }, "is to become a dense vector", "Set EmbeddingGenerator in");
        Check(new() { Definition = Texts(typeof(SparseEmbedding)) }, "is to become a sparse vector", "Set SparseEmbeddingGenerator in");
        Check(
            new() { Definition = Texts(typeof(SparseEmbedding)), EmbeddingGenerator = TestGenerators.Dense() },
            "is to become a sparse vector",
            "Set SparseEmbeddingGenerator in");

        void Check(SpladeCollectionOptions options, params string[] expected)
        {
            var e = Assert.Throws<InvalidOperationException>(() => new SpladeDynamicCollection(_storage, "texts", options));
            Assert.All(expected.Append("'Words'"), text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task SearchAsync_TextsForSparseVectors_AreEncodedByTheSparseGenerator()
    {
        var sparse = TestGenerators.Sparse();
        SpladeCollectionOptions[] all =
        [
            new() { Definition = Texts(typeof(SparseEmbedding)), SparseEmbeddingGenerator = sparse },
            new() { Definition = Texts(typeof(SparseEmbedding)), SparseEmbeddingGenerator = sparse, EmbeddingGenerator = TestGenerators.Dense() },
            new() { Definition = Texts(null), EmbeddingGenerator = sparse },
        ];
        foreach (SpladeCollectionOptions options in all)
        {
            var collection = new SpladeDynamicCollection(_storage, "texts", options);
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync([new() { ["Id"] = "a", ["Words"] = "mars" }, new() { ["Id"] = "b", ["Words"] = "red" }]);
            Assert.Equal(["b"], await collection.SearchAsync("red", 9).Select(r => r.Record["Id"]).ToArrayAsync());
        }
    }

    [Fact]
    public async Task HybridSearchAsync_SparseGeneratorForAll_MakesKeywordsToo()
    {
        var notes = new SpladeCollection<string, Note>(_storage, "one", new() { EmbeddingGenerator = TestGenerators.Sparse() });
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(new Note { Id = "a", Text = "red planet" });
        Assert.Equal(["a"], await Ids(notes.HybridSearchAsync(new float[] { 1, 0 }, ["red"], 1, new() { VectorProperty = n => n.Array })));
    }

    [Fact]
    public async Task GetService_Metadata_IsThatOfTheCollection()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        var metadata = Assert.IsType<VectorStoreCollectionMetadata>(notes.GetService(typeof(VectorStoreCollectionMetadata)));
        Assert.Equal(("splade", "notes"), (metadata.VectorStoreSystemName, metadata.CollectionName));
        Assert.Same(_storage, notes.GetService(typeof(SpladeVectorStorage)));
        Assert.Same(notes, notes.GetService(typeof(IKeywordHybridSearchable<Note>)));
        Assert.Null(notes.GetService(typeof(SpladeVectorStorage), "key"));
        Assert.Null(notes.GetService(typeof(string)));
    }

    public void Dispose() => _storage.Dispose();

    private static async Task<string[]> Ids(IAsyncEnumerable<VectorSearchResult<Note>> results) =>
        await results.Select(result => result.Record.Id).ToArrayAsync();

    private static VectorStoreCollectionDefinition Texts(Type? embeddingType) => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty("Id", typeof(string)),
            new VectorStoreVectorProperty("Words", typeof(string), TestGenerators.Words) { EmbeddingType = embeddingType },
        ],
    };

    private async Task<SpladeCollection<string, Note>> NotesAsync()
    {
        var notes = new SpladeCollection<string, Note>(_storage, "notes", new() { SparseEmbeddingGenerator = TestGenerators.Sparse() });
        await notes.EnsureCollectionExistsAsync();
        return notes;
    }

    public sealed class Keyed<TKey>
    {
        [VectorStoreKey]
        public TKey Id { get; set; } = default!;

        [VectorStoreData]
        public int Value { get; set; }
    }

    private sealed class Far
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreVector(3, DistanceFunction = DistanceFunction.EuclideanDistance)]
        public float[]? Vector { get; set; }
    }
}
