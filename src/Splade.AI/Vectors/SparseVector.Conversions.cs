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
    /// <exception cref="InvalidOperationException">The vector has more dimensions than an array may, as those that words are hashed into.</exception>
    public float[] ToDense()
    {
        if (Dimensions > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The vector has {Dimensions} dimensions, and an array at most {Array.MaxLength}. Take {nameof(Indices)} and {nameof(Values)}.");
        }

        float[] dense = new float[Dimensions];
        for (int i = 0; i < _indices.Length; i++)
        {
            dense[_indices[i]] = _values[i];
        }

        return dense;
    }
}
