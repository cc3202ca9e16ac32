using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.Bm42;

/// <summary>The numbers are FastEmbed's: alone, in batches, under load, and under its options.</summary>
public sealed class Bm42ReferenceTests(Bm42Fixture fixture) : IClassFixture<Bm42Fixture>
{
    private static readonly IReadOnlyList<Bm42Reference> References = Bm42Reference.Read("bm42.jsonl");

    private readonly Bm42EmbeddingGenerator _sut = fixture.Generator;

    [Fact]
    public async Task GenerateAsync_TextsAlone_HaveFastEmbedsVectors()
    {
        Assert.Equal(86, References.Count);
        using Bm42EmbeddingGenerator queries = _sut.AsQueryGenerator();
        foreach (Bm42Reference reference in References)
        {
            SparseEmbedding document = await _sut.GenerateAsync(reference.Text);
            Bm42Reference.AssertAgrees(reference.Document, document.Vector);
            Assert.Equal(reference.TokenCount, document.TokenCount);
            Bm42Reference.AssertAgrees(reference.Query!, (await queries.GenerateAsync(reference.Text)).Vector);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(86)]
    public async Task GenerateAsync_Batches_HaveTheVectorsOfTextsAlone(int size)
    {
        foreach (Bm42Reference[] batch in References.Chunk(size))
        {
            GeneratedEmbeddings<SparseEmbedding> documents = await _sut.GenerateAsync(batch.Select(r => r.Text));
            Assert.All(batch.Zip(documents), pair => Bm42Reference.AssertAgrees(pair.First.Document, pair.Second.Vector));
        }
    }

    [Fact]
    public Task GenerateAsync_ManyCallers_GetTheirOwn() => Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
    {
        Bm42Reference reference = References[caller];
        Bm42Reference.AssertAgrees(reference.Document, (await _sut.GenerateAsync(reference.Text)).Vector);
    })));

    [Fact]
    public async Task GenerateAsync_OptionsOfFastEmbed_GiveItsNumbers()
    {
        IReadOnlyList<Bm42Reference> references = Bm42Reference.Read("encoder-options.jsonl");
        Assert.Equal(18, references.Count);
        foreach (IGrouping<double?, Bm42Reference> group in references.GroupBy(r => r.Alpha))
        {
            await using Bm42EmbeddingGenerator sut =
                await Bm42EmbeddingGenerator.CreateAsync(new Bm42Options(Bm42Reference.Folder) { Alpha = group.Key!.Value });
            GeneratedEmbeddings<SparseEmbedding> embeddings = await sut.GenerateAsync(group.Select(r => r.Text));
            Assert.All(group.Zip(embeddings), pair => Bm42Reference.AssertAgrees(pair.First.Document, pair.Second.Vector));
        }
    }
}
