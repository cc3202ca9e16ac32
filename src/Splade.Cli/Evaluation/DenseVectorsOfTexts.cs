using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Search;

namespace Splade.Cli.Evaluation;

/// <summary>A dense model and the index of its vectors, compared by cosine.</summary>
internal sealed class DenseVectorsOfTexts(DenseEmbeddingGenerator generator) : ITextVectors
{
    public const string SystemName = "dense";

    private readonly DenseIndex<string> _index = new();
    private readonly List<ReadOnlyMemory<float>> _queries = [];

    public string Name => SystemName;

    public string ModelName => generator.Model.Name;

    public int Truncated { get; private set; }

    public async Task AddDocumentsAsync(string[] ids, string[] texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await EncodeAsync(texts, EmbeddingInputType.Document, cancellationToken).ConfigureAwait(false);
        _index.Upsert(ids.Zip(embeddings, (id, embedding) => (id, embedding.Vector)), cancellationToken);
        Truncated += embeddings.Usage?.AdditionalCounts?.TryGetValue(SpladeTelemetry.TruncatedInputs, out long count) is true ? (int)count : 0;
    }

    public async Task EncodeQueriesAsync(string[] texts, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = await EncodeAsync(texts, EmbeddingInputType.Query, cancellationToken).ConfigureAwait(false);
        _queries.AddRange(embeddings.Select(embedding => embedding.Vector));
    }

    public IReadOnlyList<SearchHit<string>> Search(int query, int depth, CancellationToken cancellationToken) =>
        _index.Search(_queries[query], depth, cancellationToken: cancellationToken);

    public float? Score(int query, string id) => _index.Score(id, _queries[query]);

    public void Dispose() => generator.Dispose();

    private Task<GeneratedEmbeddings<Embedding<float>>> EncodeAsync(string[] texts, EmbeddingInputType type, CancellationToken cancellationToken) =>
        generator.GenerateAsync(texts, new SpladeEmbeddingGenerationOptions { Encoding = { InputType = type } }, cancellationToken);
}
