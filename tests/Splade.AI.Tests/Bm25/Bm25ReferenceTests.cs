using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Lexical;

namespace Splade.AI.Tests.Bm25;

/// <summary>The numbers are FastEmbed's: alone, in batches, under load, and under its options.</summary>
public sealed class Bm25ReferenceTests : IDisposable
{
    private static readonly IReadOnlyList<Bm25Reference> References = Bm25Reference.Read("bm25-english.jsonl");

    private readonly Bm25EmbeddingGenerator _documents = new();
    private readonly Bm25EmbeddingGenerator _queries = new(inputType: EmbeddingInputType.Query);

    public void Dispose()
    {
        _documents.Dispose();
        _queries.Dispose();
    }

    [Fact]
    public async Task GenerateAsync_TextsAlone_HaveFastEmbedsVectors()
    {
        Assert.Equal(86, References.Count);
        foreach (Bm25Reference reference in References)
        {
            SparseEmbedding document = await _documents.GenerateAsync(reference.Text);
            Bm25Reference.AssertAgrees(reference.Document, document.Vector);
            Bm25Reference.AssertAgrees(reference.Query, (await _queries.GenerateAsync(reference.Text)).Vector);
            Assert.Equal(reference.Length, document.TokenCount);
        }
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(86, 50)]
    public async Task GenerateAsync_Batches_HaveTheVectorsOfTextsAlone(int size, int repeats)
    {
        foreach (Bm25Reference[] batch in Enumerable.Repeat(References, repeats).SelectMany(all => all).Chunk(size * repeats))
        {
            GeneratedEmbeddings<SparseEmbedding> documents = await _documents.GenerateAsync(batch.Select(r => r.Text));
            GeneratedEmbeddings<SparseEmbedding> queries = await _documents.AsQueryGenerator().GenerateAsync(batch.Select(r => r.Text));
            Assert.All(batch.Zip(documents), pair => Bm25Reference.AssertAgrees(pair.First.Document, pair.Second.Vector));
            Assert.All(batch.Zip(queries), pair => Bm25Reference.AssertAgrees(pair.First.Query, pair.Second.Vector));
            Assert.Equal(batch.Sum(r => r.Length!.Value), documents.Usage!.InputTokenCount);
        }
    }

    [Fact]
    public async Task GenerateAsync_ManyCallers_GetTheirOwn() => await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
    {
        for (int i = 0; i < References.Count; i++)
        {
            Bm25Reference reference = References[(i + caller) % References.Count];
            bool asQuery = (i + caller) % 3 == 0;
            var options = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = asQuery ? EmbeddingInputType.Query : EmbeddingInputType.Document } };
            SparseEmbedding embedding = await _documents.GenerateAsync(reference.Text, options);
            Bm25Reference.AssertAgrees(asQuery ? reference.Query : reference.Document, embedding.Vector);
        }
    })));

    [Fact]
    public async Task GenerateAsync_OptionsOfFastEmbed_GiveItsNumbers()
    {
        IReadOnlyList<Bm25Reference> references = Bm25Reference.Read("encoder-options.jsonl");
        Assert.Equal(72, references.Count);
        foreach (Bm25Reference reference in references)
        {
            using var sut = new Bm25EmbeddingGenerator(OptionsOf(reference.Options));
            Bm25Reference.AssertAgrees(reference.Document, (await sut.GenerateAsync(reference.Text)).Vector);
            Bm25Reference.AssertAgrees(reference.Query, (await sut.AsQueryGenerator().GenerateAsync(reference.Text)).Vector);
        }
    }

    private static Bm25Options OptionsOf(JsonElement json)
    {
        var options = new Bm25Options();
        foreach (JsonProperty option in json.EnumerateObject())
        {
            switch (option.Name)
            {
                case "k": options.K = option.Value.GetDouble(); break;
                case "b": options.B = option.Value.GetDouble(); break;
                case "avg_len": options.AverageLength = option.Value.GetDouble(); break;
                case "token_max_length": options.MaxTokenLength = option.Value.GetInt32(); break;
                case "stopwords": options.StopWords = [.. option.Value.EnumerateArray().Select(w => w.GetString()!)]; break;

                // FastEmbed drops its own list of stop words with the stemmer.
                case "disable_stemmer":
                    options.Stemmer = WordStemmer.None;
                    options.StopWords = json.TryGetProperty("stopwords", out _) ? options.StopWords : [];
                    break;
                default: throw new InvalidOperationException($"The reference has the option '{option.Name}', which no test knows.");
            }
        }

        return options;
    }
}
