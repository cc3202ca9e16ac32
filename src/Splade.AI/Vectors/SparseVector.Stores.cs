using System.Globalization;
using System.Text;

namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The most entries that Pinecone takes in one sparse vector.</summary>
    public const int PineconeMaxCount = 1000;

    /// <summary>The most entries that pgvector stores in one <c>sparsevec</c>.</summary>
    public const int PgVectorMaxCount = 16_000;

    /// <summary>The most entries that a <c>sparsevec</c> may have in a column with pgvector's HNSW index.</summary>
    public const int PgVectorHnswMaxCount = 1000;

    /// <summary>
    /// Copies of the entries in the types that Qdrant's clients take, who accept the pair as a sparse vector without a modifier
    /// (<c>idf</c> is for BM25, not for SPLADE).
    /// </summary>
    public (uint[] Indices, float[] Values) ToQdrant() => (Array.ConvertAll(_indices, i => (uint)i), [.. _values]);

    /// <summary>Copies of the entries in the types that Pinecone's client takes as sparse values, for an index with the dot product.</summary>
    /// <exception cref="InvalidOperationException">There are more than <see cref="PineconeMaxCount"/> entries.</exception>
    public (uint[] Indices, float[] Values) ToPinecone()
    {
        RequireAtMost(PineconeMaxCount, "Pinecone takes");
        return ToQdrant();
    }

    /// <summary>Weights by position, as Milvus takes a row of a <c>SPARSE_FLOAT_VECTOR</c> field.</summary>
    public IReadOnlyDictionary<int, float> ToMilvus() => _indices.Zip(_values).ToDictionary(entry => entry.First, entry => entry.Second);

    /// <summary>The text form of pgvector's <c>sparsevec</c>: positions from 1, for example <c>{1:0.5,3:1.25}/30522</c>.</summary>
    /// <param name="hnsw">Whether the column has, or is to have, an HNSW index, which takes fewer entries than the column itself.</param>
    /// <exception cref="InvalidOperationException">
    /// There are more entries than <see cref="PgVectorMaxCount"/>, or with <paramref name="hnsw"/> than <see cref="PgVectorHnswMaxCount"/>.
    /// </exception>
    public string ToPgVector(bool hnsw = false)
    {
        RequireAtMost(hnsw ? PgVectorHnswMaxCount : PgVectorMaxCount, hnsw ? "pgvector's HNSW index takes" : "pgvector stores");
        var text = new StringBuilder("{");
        for (int i = 0; i < _indices.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{_indices[i] + 1}:{_values[i]:R}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"}}/{Dimensions}").ToString();
    }

    /// <summary>Weights by token text, as Elasticsearch's <c>sparse_vector</c> and OpenSearch's <c>rank_features</c> fields take them.</summary>
    /// <param name="vocabulary">The token of each dimension, for example the engine's vocabulary.</param>
    /// <remarks>
    /// These fields keep 9 significant bits of a weight, and may refuse a token with a dot in it, depending on their version. The formats of engines, as
    /// <c>SparseVectorFormat.Parse("elasticsearch")</c>, take care of both, and write whole requests.
    /// </remarks>
    /// <exception cref="ArgumentException">The vocabulary has another size than the vector.</exception>
    public IReadOnlyDictionary<string, float> ToTokenMap(IReadOnlyList<string> vocabulary)
    {
        RequireVocabulary(vocabulary);
        var map = new Dictionary<string, float>(_indices.Length, StringComparer.Ordinal);
        for (int i = 0; i < _indices.Length; i++)
        {
            map.Add(vocabulary[_indices[i]], _values[i]);
        }

        return map;
    }

    private void RequireAtMost(int limit, string storeTakes)
    {
        if (Count > limit)
        {
            throw new InvalidOperationException(
                $"Found {Count} entries, but {storeTakes} at most {limit}. Prune the vector first, for example with TopK({limit}).");
        }
    }
}
