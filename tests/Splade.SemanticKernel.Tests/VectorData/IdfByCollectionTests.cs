using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>Sparse vectors that lack the inverse document frequency: a collection multiplies queries by its own.</summary>
public sealed class IdfByCollectionTests : IDisposable
{
    private static readonly SparseModelIdentity Identity = new() { ModelName = "words", Dimensions = TestGenerators.Words, RequiresIdf = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-idf-").FullName;

    [Fact]
    public async Task SearchAsync_GeneratorThatRequiresIt_MultipliesByTheCollection()
    {
        // Two of the three have "red", one "mars", and the one without a vector counts for nothing.
        float red = (float)Math.Log(4 / 2.5), mars = (float)Math.Log(4 / 1.5), both = red + mars;
        using (var storage = new SpladeVectorStorage(_folder))
        {
            SpladeCollection<string, Text> texts = Open(storage, Identity);
            await texts.EnsureCollectionExistsAsync();
            await texts.UpsertAsync(
            [
                new() { Id = "a", Words = "red planet" }, new() { Id = "b", Words = "red mars" }, new() { Id = "c", Words = "venus" }, new() { Id = "d" },
            ]);
            Assert.Equal([("b", both), ("a", red)], await Search(texts, "red mars"));
        }

        // The folder knows it of its records, also where nobody is asked.
        using var again = new SpladeVectorStorage(_folder);
        Assert.Equal([("b", both), ("a", red)], await Search(Open(again, identity: null), new SparseEmbedding(TestGenerators.SparseOf("red mars"))));
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => Search(Open(again, Identity with { RequiresIdf = false }), "red"));
        Assert.Contains("idf store", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HybridSearchAsync_GeneratorThatRequiresIt_FusesMultipliedScores()
    {
        using var storage = new SpladeVectorStorage();
        var notes = new SpladeCollection<string, Note>(
            storage, "notes", new() { SparseEmbeddingGenerator = TestGenerators.Sparse(Identity), Fusion = HybridFusion.TheoreticalMinMax(1, 0) });
        await notes.EnsureCollectionExistsAsync();
        await notes.UpsertAsync(
        [
            new Note { Id = "a", Text = "the red", Array = [1, 0] },
            new Note { Id = "b", Text = "the mars", Array = [1, 0] },
            new Note { Id = "c", Text = "the red", Array = [1, 0] },
        ]);
        var options = new HybridSearchOptions<Note> { VectorProperty = n => n.Array };
        VectorSearchResult<Note>[] found = await notes.HybridSearchAsync(new float[] { 1, 0 }, ["red", "mars"], 3, options).ToArrayAsync();
        Assert.Equal("b", found[0].Record.Id);
        Assert.Equal(Math.Log(4 / 2.5) / Math.Log(4 / 1.5), found[1].Score!.Value / found[0].Score!.Value, 1e-5);
    }

    [Fact]
    public async Task SearchAsync_PropertyOfVectorsWithAGeneratorThatRequiresIt_WeighsTextsAndVectorsAlike()
    {
        float red = (float)Math.Log(4 / 2.5), mars = (float)Math.Log(4 / 1.5), both = red + mars;
        using var storage = new SpladeVectorStorage();
        var sut = new SpladeCollection<string, Held>(storage, "held", new()
        {
            Definition = new VectorStoreCollectionDefinition
            {
                Properties =
                [
                    new VectorStoreKeyProperty(nameof(Held.Id), typeof(string)),
                    new VectorStoreVectorProperty(nameof(Held.Vector), typeof(SparseEmbedding), TestGenerators.Words)
                    {
                        EmbeddingGenerator = TestGenerators.Sparse(Identity),
                    },
                ],
            },
        });
        await sut.EnsureCollectionExistsAsync();
        await sut.UpsertAsync(new[] { ("a", "red planet"), ("b", "red mars"), ("c", "venus") }.Select(
            text => new Held { Id = text.Item1, Vector = new SparseEmbedding(TestGenerators.SparseOf(text.Item2)) }));

        Assert.Equal([("b", both), ("a", red)], await Found("red mars"));
        Assert.Equal([("b", both), ("a", red)], await Found(new SparseEmbedding(TestGenerators.SparseOf("red mars"))));

        async Task<(string, double)[]> Found<TQuery>(TQuery query)
            where TQuery : notnull => await sut.SearchAsync(query, 9).Select(result => (result.Record.Id, result.Score!.Value)).ToArrayAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static SpladeCollection<string, Text> Open(SpladeVectorStorage storage, SparseModelIdentity? identity) => new(storage, "texts", new()
    {
        Definition = new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty(nameof(Text.Id), typeof(string)),
                new VectorStoreVectorProperty(nameof(Text.Words), typeof(string), TestGenerators.Words)
                {
                    EmbeddingGenerator = TestGenerators.Sparse(identity),
                },
            ],
        },
    });

    private static async Task<(string Id, double Score)[]> Search<TQuery>(SpladeCollection<string, Text> texts, TQuery query)
        where TQuery : notnull =>
        await texts.SearchAsync(query, 9).Select(result => (result.Record.Id, result.Score!.Value)).ToArrayAsync();

    private sealed class Held
    {
        public string Id { get; set; } = string.Empty;

        public SparseEmbedding? Vector { get; set; }
    }

    private sealed class Text
    {
        public string Id { get; set; } = string.Empty;

        public string? Words { get; set; }
    }
}
