using Splade.AI;
using Splade.AI.Evaluation;
using Splade.AI.Search;

namespace Splade.Cli.Evaluation;

/// <summary>A sparse model and the index of its vectors.</summary>
internal sealed class SparseVectorsOfTexts(SpladeEngine engine) : ITextVectors
{
    public const string SystemName = "sparse";

    private static readonly SpladeEncodingOptions Queries = new() { InputType = EmbeddingInputType.Query };

    private readonly SparseIndex<string> _index = new();
    private readonly List<SparseVector> _queries = [];

    public string Name => SystemName;

    public string ModelName => engine.Model.Name;

    public int Truncated { get; private set; }

    public async Task AddDocumentsAsync(string[] ids, string[] texts, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(texts, cancellationToken: cancellationToken).ConfigureAwait(false);
        _index.Upsert(ids.Zip(encodings, (id, encoding) => (id, encoding.Vector)), cancellationToken);
        Truncated += encodings.Count(encoding => encoding.Truncated);
    }

    public async Task EncodeQueriesAsync(string[] texts, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(texts, Queries, cancellationToken).ConfigureAwait(false);
        _queries.AddRange(encodings.Select(encoding => encoding.Vector));
    }

    public IReadOnlyList<SearchHit<string>> Search(int query, int depth, CancellationToken cancellationToken) =>
        _index.Search(_queries[query], depth, cancellationToken: cancellationToken);

    public float? Score(int query, string id) => _index.Score(id, _queries[query]);

    public SparseCost Cost() => SparseCost.Of(_queries, Documents());

    public void Dispose() => engine.Dispose();

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
