using System.Globalization;
using System.Text;

namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The vector of the entries of <paramref name="dense"/> that are greater than zero.</summary>
    /// <param name="dense">One weight per dimension, at least one. Entries at or below zero are left out.</param>
    /// <exception cref="ArgumentException"><paramref name="dense"/> is empty, or holds a weight that is not finite.</exception>
    public static SparseVector FromDense(ReadOnlySpan<float> dense)
    {
        if (dense.IsEmpty)
        {
            throw new ArgumentException("Found no entries, expected one per dimension.", nameof(dense));
        }

        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < dense.Length; i++)
        {
            if (!float.IsFinite(dense[i]))
            {
                throw new ArgumentException($"The weight at position {i} is {dense[i]}, expected a finite number.", nameof(dense));
            }

            if (dense[i] > 0)
            {
                indices.Add(i);
                values.Add(dense[i]);
            }
        }

        return Own([.. indices], [.. values], dense.Length);
    }

    /// <summary>One weight per dimension, 0 where the vector has no entry. Shape <c>[<see cref="Dimensions"/>]</c>.</summary>
    public float[] ToDense()
    {
        float[] dense = new float[Dimensions];
        for (int i = 0; i < _indices.Length; i++)
        {
            dense[_indices[i]] = _values[i];
        }

        return dense;
    }

    /// <summary>
    /// Copies of the entries in the types that Qdrant's clients take, who accept the pair as a sparse vector without a modifier
    /// (<c>idf</c> is for BM25, not for SPLADE).
    /// </summary>
    public (uint[] Indices, float[] Values) ToQdrant() => (Array.ConvertAll(_indices, i => (uint)i), [.. _values]);

    /// <summary>The text form of pgvector's <c>sparsevec</c>: positions from 1, for example <c>{1:0.5,3:1.25}/30522</c>.</summary>
    public string ToPgVector()
    {
        var text = new StringBuilder("{");
        for (int i = 0; i < _indices.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{_indices[i] + 1}:{_values[i]:R}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"}}/{Dimensions}").ToString();
    }

    /// <summary>Weights by token text, as Elasticsearch's <c>sparse_vector</c> and OpenSearch's <c>rank_features</c> fields take them.</summary>
    /// <param name="vocabulary">The token of each dimension, for example the engine's vocabulary.</param>
    /// <exception cref="ArgumentException">The vocabulary has another size than the vector.</exception>
    public IReadOnlyDictionary<string, float> ToTokenMap(IReadOnlyList<string> vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count != Dimensions)
        {
            throw new ArgumentException($"The vocabulary has {vocabulary.Count} tokens, expected {Dimensions}: one for each dimension.", nameof(vocabulary));
        }

        var map = new Dictionary<string, float>(_indices.Length, StringComparer.Ordinal);
        for (int i = 0; i < _indices.Length; i++)
        {
            map.Add(vocabulary[_indices[i]], _values[i]);
        }

        return map;
    }
}
