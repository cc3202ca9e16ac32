using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Evaluation;
using Splade.AI.Search;

namespace Splade.Cli.Evaluation;

/// <summary>A sparse encoder and the index of its vectors, which supplies what they lack.</summary>
/// <param name="generator">The encoder.</param>
/// <param name="number">Which of several it is, from 1.</param>
internal sealed class SparseVectorsOfTexts(IEmbeddingGenerator<string, SparseEmbedding> generator, int number) : ITextVectors
{
    private readonly SparseIndex<string> _index = new(new SearchIndexOptions { SuppliesIdf = IdentityOf(generator).RequiresIdf });
    private readonly List<SparseVector> _queries = [];

    public string Name => NameOf(number);

    public string ModelName => IdentityOf(generator).ModelName;

    public int Truncated { get; private set; }

    /// <summary>What the first, the second and so on is called.</summary>
    public static string NameOf(int number) => number == 1 ? "sparse" : $"sparse-{number}";

    public async Task AddDocumentsAsync(string[] ids, string[] texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<SparseEmbedding> embeddings = await EncodeAsync(texts, EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false);
        _index.Upsert(ids.Zip(embeddings, (id, embedding) => (id, embedding.Vector)), cancellationToken);
        Truncated += embeddings.Count(embedding => embedding.Truncated);
    }

    public async Task EncodeQueriesAsync(string[] texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<SparseEmbedding> embeddings = await EncodeAsync(texts, EmbeddingInputType.Query, cancellationToken).ConfigureAwait(false);
        _queries.AddRange(embeddings.Select(embedding => embedding.Vector));
    }

    public IReadOnlyList<SearchHit<string>> Search(int query, int depth, CancellationToken cancellationToken) =>
        _index.Search(_queries[query], depth, cancellationToken: cancellationToken);

    public float? Score(int query, string id) => _index.Score(id, _queries[query]);

    public SparseCost Cost() => SparseCost.Of(_queries, Documents());

    public void Dispose() => generator.Dispose();

    private static SparseModelIdentity IdentityOf(IEmbeddingGenerator generator) => generator.GetRequiredService<SparseModelIdentity>();

    private Task<GeneratedEmbeddings<SparseEmbedding>> EncodeAsync(string[] texts, EmbeddingInputType type, CancellationToken cancellationToken) =>
        generator.GenerateAsync(texts, new SpladeEmbeddingGenerationOptions { Encoding = { InputType = type } }, cancellationToken);

    private IEnumerable<SparseVector> Documents()
    {
        foreach (string id in _index.Keys)
        {
            if (_index.TryGet(id, out SparseVector? vector))
            {
                yield return vector;
            }
        }
    }
}
