using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Records;

/// <summary>Vectors as the columns of a table hold them, and back.</summary>
internal static class RecordVectors
{
    /// <summary>The value of each column of a vector.</summary>
    public static IReadOnlyList<object> ToColumns(VectorColumn column, HybridVector vector)
    {
        if (vector.Kind == VectorKind.Dense)
        {
            return [column.IsHalf ? new Pgvector.HalfVector(Array.ConvertAll(vector.Dense.ToArray(), value => (Half)value)) : new Pgvector.Vector(vector.Dense)];
        }

        int[] indices = vector.Sparse.Indices.ToArray();
        float[] values = vector.Sparse.Values.ToArray();
        var parts = new List<object>(column.Sizes.Count);
        long offset = 0;
        int from = 0;
        foreach (int size in column.Sizes)
        {
            int to = from;
            while (to < indices.Length && indices[to] < offset + size)
            {
                indices[to] = (int)(indices[to] - offset);
                to++;
            }

            parts.Add(new Pgvector.SparseVector(size, indices.AsMemory(from..to), values.AsMemory(from..to)));
            (from, offset) = (to, offset + size);
        }

        return parts;
    }

    /// <summary>The vector of the values of its columns.</summary>
    public static HybridVector FromColumns(VectorColumn column, IReadOnlyList<object> values)
    {
        if (column.Field.Kind == VectorKind.Dense)
        {
            return column.IsHalf ? Array.ConvertAll(((Pgvector.HalfVector)values[0]).ToArray(), value => (float)value) : ((Pgvector.Vector)values[0]).Memory;
        }

        var indices = new List<int>();
        var weights = new List<float>();
        int offset = 0;
        foreach (Pgvector.SparseVector part in values.Cast<Pgvector.SparseVector>())
        {
            foreach (int index in part.Indices.Span)
            {
                indices.Add(index + offset);
            }

            weights.AddRange(part.Values.Span);
            offset += part.Dimensions;
        }

        return new SparseVector([.. indices], [.. weights], column.Field.Dimensions!.Value);
    }
}
