using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

public sealed class SpladeCollectionSearchTests : IDisposable
{
    private readonly SpladeVectorStorage _storage = new();
    private readonly TestEmbeddingGenerator<SparseEmbedding> _sparse = TestGenerators.Sparse();
    private readonly TestEmbeddingGenerator<Embedding<float>> _dense = TestGenerators.Dense();

    [Fact]
    public async Task SearchAsync_GeneratedRecords_GivesWhatScoringAllGives()
    {
        var random = new Random(3);
        SpladeCollection<string, Note> notes = await NotesAsync();
        Note[] records = [.. Enumerable.Range(0, 1300).Select(i => RandomNote(random, i))];
        await notes.UpsertAsync(records);
        for (int i = 0; i < 10; i++)
        {
            Note query = RandomNote(random, -1);
            await CheckAsync(
                records,
                notes,
                n => n.Array is null ? null : -(double)TensorPrimitives.Dot(n.Array, query.Array),
                query.Array!,
                new() { VectorProperty = n => n.Array },
                isDistance: true);
            await CheckAsync(
                records,
                notes,
                n => n.Embedding is null ? null : 1 - (double)TensorPrimitives.CosineSimilarity(n.Embedding.Vector.Span, query.Embedding!.Vector.Span),
                query.Embedding!,
                new() { VectorProperty = n => n.Embedding },
                isDistance: true);
            await CheckAsync(
                records,
                notes,
                n => n.Dense.IsEmpty ? null : TensorPrimitives.CosineSimilarity(n.Dense.Span, query.Dense.Span),
                query.Dense,
                new() { VectorProperty = n => n.Dense },
                isDistance: false);
            await CheckAsync(
                records,
                notes,
                n => n.Sparse?.Vector.Dot(query.Sparse!.Vector) is > 0 and float score ? score : null,
                query.Sparse!,
                new() { VectorProperty = n => n.Sparse },
                isDistance: false);
        }
    }

    [Fact]
    public async Task SearchAsync_ScoreThreshold_EndsAtIt()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(Enumerable.Range(1, 9).Select(i => new Note { Id = $"{i}", Array = [i, 0], Dense = new float[] { i, 10 - i, 0 } }));
        Assert.Equal(["9", "8", "7"], await Ids(notes.SearchAsync(new float[] { 1, 0 }, 9, new() { VectorProperty = n => n.Array, ScoreThreshold = -7 })));
        Assert.Equal(
            ["9", "8", "7", "6", "5"],
            await Ids(notes.SearchAsync(new ReadOnlyMemory<float>([1, 0, 0]), 9, new() { VectorProperty = n => n.Dense, ScoreThreshold = 0.7 })));
    }

    [Fact]
    public async Task SearchAsync_TextForSparseProperty_IsEncodedAsQuery()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(new Note { Id = "mars", Text = "red planet", Sparse = new SparseEmbedding(TestGenerators.SparseOf("mars")) });
        Assert.Equal(["mars"], await Ids(notes.SearchAsync("mars", 9, new() { VectorProperty = n => n.Sparse })));
        Assert.Empty(await Ids(notes.SearchAsync("red", 9, new() { VectorProperty = n => n.Sparse })));
        Assert.Equal(["red planet"], _sparse.Calls[0].Texts);
        Assert.Equal(EmbeddingInputType.Document, Assert.IsType<SpladeEmbeddingGenerationOptions>(_sparse.Calls[0].Options).Encoding.InputType);
        Assert.All(_sparse.Calls.Skip(1), call => Assert.True(TestGenerators.IsQuery(call.Options)));
    }

    [Fact]
    public async Task SearchAsync_GeneratedProperties_KeepDocumentsAndQueriesApart()
    {
        var collection = new SpladeCollection<string, Generated>(_storage, "generated", new() { Definition = GeneratedDefinition() });
        await collection.EnsureCollectionExistsAsync();
        await collection.UpsertAsync(
        [
            new() { Id = "a", Words = "mars red", Meaning = "az" },
            new() { Id = "b", Words = "venus", Meaning = "za" },
            new() { Id = "c" },
        ]);

        Assert.Equal(["a"], await collection.SearchAsync("red", 9, new() { VectorProperty = r => r.Words }).Select(r => r.Record.Id).ToArrayAsync());
        Assert.Equal(["b", "a"], await collection.SearchAsync("zb", 9, new() { VectorProperty = r => r.Meaning }).Select(r => r.Record.Id).ToArrayAsync());
        Assert.Equal([["mars red", "venus"], ["red"]], _sparse.Calls.Select(call => call.Texts));
        Assert.Equal([["az", "za"], ["zb"]], _dense.Calls.Select(call => call.Texts));
        Assert.Equal([false, true], _dense.Calls.Select(call => TestGenerators.IsQuery(call.Options)));
        Assert.Null((await collection.GetAsync("a"))!.Words);
        await Assert.ThrowsAsync<NotSupportedException>(() => collection.GetAsync("a", new() { IncludeVectors = true }));
    }

    [Fact]
    public async Task SearchAsync_WhatNothingEncodes_SaysSo()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await Assert.ThrowsAsync<NotSupportedException>(() => Ids(notes.SearchAsync("text", 1, new() { VectorProperty = n => n.Dense })));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ids(notes.SearchAsync(8, 1, new() { VectorProperty = n => n.Sparse })));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ids(notes.SearchAsync("several properties", 1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ids(notes.SearchAsync(new float[] { 1 }, 1, new() { VectorProperty = n => n.Sparse })));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ids(notes.SearchAsync("text", 0, new() { VectorProperty = n => n.Sparse })));
        await notes.UpsertAsync(new Note { Id = "a", Array = [1, 1] });
        await Assert.ThrowsAsync<ArgumentException>(() => Ids(notes.SearchAsync(new float[] { 1, 2, 3 }, 1, new() { VectorProperty = n => n.Array })));
    }

    [Fact]
    public async Task HybridSearchAsync_KeywordsAndVector_FindsByEither()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(
        [
            new() { Id = "word", Text = "Mars is the red planet", Language = "en" },
            new() { Id = "near", Text = "nothing known", Dense = new float[] { 1, 0, 0 }, Language = "en" },
            new() { Id = "both", Text = "red", Dense = new float[] { 1, 1, 0 }, Language = "de" },
            new() { Id = "far", Dense = new float[] { -1, 0, 0 } },
        ]);
        var query = new ReadOnlyMemory<float>([1, 0, 0]);
        HybridSearchOptions<Note> options = new() { VectorProperty = n => n.Dense };
        VectorSearchResult<Note>[] found = await notes.HybridSearchAsync(query, ["red", "planet"], 9, options).ToArrayAsync();
        Assert.Equal(["both", "word", "near", "far"], found.Select(r => r.Record.Id));
        Assert.Equal([(1 / 62d) + (1 / 62d), 1 / 61d, 1 / 61d, 1 / 63d], found.Select(r => r.Score!.Value), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(["word", "near"], await Ids(notes.HybridSearchAsync(query, ["red", "planet"], 2, new() { VectorProperty = n => n.Dense, Skip = 1 })));
        Assert.Equal(
            ["word", "near"],
            await Ids(notes.HybridSearchAsync(query, ["red", "planet"], 9, new() { VectorProperty = n => n.Dense, Filter = n => n.Language == "en" })));
        Assert.Equal(["near", "both", "far"], await Ids(notes.HybridSearchAsync(query, [], 9, options)));
        Assert.Equal(["both"], await Ids(notes.HybridSearchAsync(query, ["red", "planet"], 9, new() { VectorProperty = n => n.Dense, ScoreThreshold = .02 })));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1)]
    public async Task HybridSearchAsync_EqualVectors_TheBetterKeywordsAreFirst(int depth)
    {
        var notes = new SpladeCollection<string, Note>(_storage, "equal", new() { SparseEmbeddingGenerator = _sparse, Candidates = depth });
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(
        [
            new() { Id = "older", Text = "red", Array = [1, 0] },
            new() { Id = "other", Text = "weekly", Array = [1, 0] },
            new() { Id = "better", Text = "Mars red planet", Array = [1, 0] },
        ]);

        VectorSearchResult<Note>[] found = await notes
            .HybridSearchAsync(new float[] { 1, 0 }, ["mars", "red", "planet"], 2, new() { VectorProperty = n => n.Array }).ToArrayAsync();

        Assert.Equal(["better", "older"], found.Select(r => r.Record.Id));
        Assert.Equal([2 / 61d, (1 / 61d) + (1 / 62d)], found.Select(r => r.Score!.Value), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public async Task HybridSearchAsync_VectorsOfHugeNumbers_ScoreAsNumbers()
    {
        foreach (HybridFusion fusion in new[] { HybridFusion.Default, HybridFusion.MinMax(), HybridFusion.DistributionBased() })
        {
            var notes = new SpladeCollection<string, Note>(_storage, $"huge {fusion.Method}", new() { SparseEmbeddingGenerator = _sparse, Fusion = fusion });
            await notes.EnsureCollectionExistsAsync();
            await notes.UpsertAsync([new() { Id = "poison", Text = "mars", Array = [3e38f, -3e38f] }, new() { Id = "good", Text = "mars", Array = [1, 0] }]);

            VectorSearchResult<Note>[] found = await notes
                .HybridSearchAsync(new float[] { 2, 2 }, ["mars"], 2, new() { VectorProperty = n => n.Array }).ToArrayAsync();

            Assert.Equal(["good", "poison"], found.Select(r => r.Record.Id));
            Assert.All(found, r => Assert.True(double.IsFinite(r.Score!.Value)));
            found = await notes.SearchAsync(new float[] { 2, 2 }, 9, new() { VectorProperty = n => n.Array }).ToArrayAsync();
            Assert.Equal([-2, 0], found.Select(r => r.Score!.Value));
        }
    }

    [Fact]
    public async Task HybridSearchAsync_FusionByScore_ScoresWhatOneSideFound()
    {
        var notes = new SpladeCollection<string, Note>(
            _storage, "fused", new() { SparseEmbeddingGenerator = _sparse, Fusion = HybridFusion.MinMax(sparseWeight: .25f), Candidates = 1 });
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(
        [
            new() { Id = "word", Text = "red planet", Dense = new float[] { 0, 1, 0 } },
            new() { Id = "near", Text = "red", Dense = new float[] { 1, 0, 0 } },
        ]);
        VectorSearchResult<Note>[] found = await notes
            .HybridSearchAsync(new ReadOnlyMemory<float>([1, 0, 0]), ["red", "planet"], 1, new() { VectorProperty = n => n.Dense, Skip = 1 }).ToArrayAsync();
        Assert.Equal(("word", .25), (Assert.Single(found).Record.Id, found[0].Score));
    }

    [Fact]
    public async Task HybridSearchAsync_Pages_AreThoseOfOneRanking()
    {
        string[] words = ["mars", "venus", "red", "planet", "hot", "clean", "weekly"];
        foreach (HybridFusion fusion in new[] { HybridFusion.Default, HybridFusion.MinMax() })
        {
            var random = new Random(5);
            var notes = new SpladeCollection<string, Note>(_storage, "paged", new() { SparseEmbeddingGenerator = _sparse, Fusion = fusion, Candidates = 150 });
            await notes.EnsureCollectionExistsAsync();
            await notes.UpsertAsync(Enumerable.Range(0, 400).Select(i => new Note
            {
                Id = $"{i}",
                Text = string.Join(' ', words.Where(_ => random.Next(2) == 0)),
                Array = Vector(random, 2),
            }));
            var query = new float[] { 1, .2f };
            var pages = new List<string>();
            for (int page = 0; page < 20; page++)
            {
                pages.AddRange(await Ids(notes.HybridSearchAsync(query, words, 20, new() { VectorProperty = n => n.Array, Skip = page * 20 })));
            }

            Assert.Equal(pages.Distinct(), pages);
            Assert.InRange(pages.Count, 151, 300);
            Assert.Equal(pages.Take(150), await Ids(notes.HybridSearchAsync(query, words, 150, new() { VectorProperty = n => n.Array })));
            Assert.Equal(pages.Skip(150), await Ids(notes.HybridSearchAsync(query, words, 150, new() { VectorProperty = n => n.Array, Skip = 150 })));
        }
    }

    [Fact]
    public async Task Searches_BadQueries_NameTheCallersParameter()
    {
        SpladeCollection<string, Note> notes = await NotesAsync();
        await notes.UpsertAsync(new Note { Id = "a", Array = [1, 1], Sparse = new SparseEmbedding(TestGenerators.SparseOf("mars")) });
        var foreign = new SparseEmbedding(new int[] { 1 }, new float[] { 1 }, 7);
        await Assert.ThrowsAsync<ArgumentException>("searchValue", () => Ids(notes.SearchAsync(new float[] { 1, 2, 3 }, 1, new() { VectorProperty = n => n.Array })));
        await Assert.ThrowsAsync<ArgumentException>("searchValue", () => Ids(notes.SearchAsync(foreign, 1, new() { VectorProperty = n => n.Sparse })));
        await Assert.ThrowsAsync<ArgumentException>(
            "searchValue", () => Ids(notes.HybridSearchAsync(new float[] { 1, float.NaN }, ["mars"], 1, new() { VectorProperty = n => n.Array })));
    }

    public void Dispose() => _storage.Dispose();

    private static async Task<string[]> Ids(IAsyncEnumerable<VectorSearchResult<Note>> results) =>
        await results.Select(result => result.Record.Id).ToArrayAsync();

    private static async Task CheckAsync<TQuery>(
        Note[] records, SpladeCollection<string, Note> notes, Func<Note, double?> score, TQuery query, VectorSearchOptions<Note> options, bool isDistance)
        where TQuery : notnull
    {
        options.Filter = n => n.Language == "en";
        options.Skip = 2;
        IEnumerable<(string Id, double Score)> scored = records.Where(n => n.Language == "en" && score(n) is not null).Select(n => (n.Id, score(n)!.Value));
        (string Id, double Score)[] expected = [.. (isDistance ? scored.OrderBy(n => n.Score) : scored.OrderByDescending(n => n.Score)).Skip(2).Take(20)];
        VectorSearchResult<Note>[] found = await notes.SearchAsync(query, 20, options).ToArrayAsync();

        // Neighbours whose scores differ in their last bits only may change places.
        Assert.Equal(expected.Select(n => n.Score), found.Select(r => r.Score!.Value), (a, b) => Math.Abs(a - b) < 1e-4);
        Dictionary<string, Note> byId = records.ToDictionary(n => n.Id);
        Assert.All(found, result => Assert.Equal(score(byId[result.Record.Id])!.Value, result.Score!.Value, 1e-4));
        Assert.Equal(expected.Length, found.Select(r => r.Record.Id).Distinct().Count());
    }

    private static Note RandomNote(Random random, int id) => new()
    {
        Id = $"{id}",
        Language = random.Next(3) == 0 ? "de" : "en",
        Dense = id >= 0 && random.Next(4) == 0 ? default : Vector(random, 3),
        Array = id >= 0 && random.Next(4) == 0 ? null : Vector(random, 2),
        Embedding = id >= 0 && random.Next(4) == 0 ? null : new Embedding<float>(Vector(random, 4)),
        Sparse = id >= 0 && random.Next(4) == 0 ? null : RandomSparse(random),
    };

    private static SparseEmbedding RandomSparse(Random random)
    {
        int[] indices = [.. Enumerable.Range(0, TestGenerators.Words).Where(_ => random.Next(6) == 0).Append(TestGenerators.Words - 1).Distinct()];
        return new SparseEmbedding(indices, indices.Select(_ => random.NextSingle() + .01f).ToArray(), TestGenerators.Words);
    }

    private static float[] Vector(Random random, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - .5f)];

    private async Task<SpladeCollection<string, Note>> NotesAsync()
    {
        var notes = new SpladeCollection<string, Note>(_storage, "notes", new() { SparseEmbeddingGenerator = _sparse });
        await notes.EnsureCollectionExistsAsync();
        return notes;
    }

    private VectorStoreCollectionDefinition GeneratedDefinition() => new()
    {
        Properties =
        [
            new VectorStoreKeyProperty(nameof(Generated.Id), typeof(string)),
            new VectorStoreVectorProperty(nameof(Generated.Words), typeof(string), TestGenerators.Words) { EmbeddingGenerator = _sparse },
            new VectorStoreVectorProperty(nameof(Generated.Meaning), typeof(string), 3) { EmbeddingGenerator = _dense },
        ],
    };

    private sealed class Generated
    {
        public string Id { get; set; } = string.Empty;

        public string? Words { get; set; }

        public string? Meaning { get; set; }
    }
}
