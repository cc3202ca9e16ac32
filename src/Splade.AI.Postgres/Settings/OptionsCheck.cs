using Splade.AI.Hybrid;

namespace Splade.AI.Postgres;

/// <summary>Whether a store can be had by some options, as far as they say it themselves.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static void Require(PostgresHybridStoreOptions options, string parameter)
    {
        HybridSchema schema = options.Schema ?? throw new ArgumentException(
            $"Found no {nameof(options.Schema)}, expected the vectors of the records, for example {nameof(HybridSchema)}.{nameof(HybridSchema.Of)}(legs).", parameter);
        foreach (VectorField vector in schema.Vectors)
        {
            if (vector.Dimensions is not int size)
            {
                throw new ArgumentException(
                    $"Found no dimensions of the vector '{vector.Name}', expected them: its column has a size. {nameof(HybridSchema)}.{nameof(HybridSchema.Of)} asks the generators for them.",
                    parameter);
            }

            bool hasHnsw = options.HnswVectors.Contains(vector.Name);
            int most = vector.Kind == VectorKind.Sparse
                ? hasHnsw ? PostgresLimits.SparseDimensions : int.MaxValue
                : !hasHnsw ? PostgresLimits.DenseDimensions
                : options.HalfPrecision ? PostgresLimits.HnswHalfDimensions : PostgresLimits.HnswDimensions;
            if (size > most)
            {
                throw new ArgumentException(
                    $"Found {size} dimensions of the vector '{vector.Name}', expected at most {most}, which pgvector takes{(hasHnsw ? " in an HNSW index" : "")}."
                    + $"{(hasHnsw ? $" Take it out of {nameof(options.HnswVectors)}{(vector.Kind == VectorKind.Dense ? $", or set {nameof(options.HalfPrecision)}" : "")}." : "")}",
                    parameter);
            }
        }

        if (options.HnswVectors.FirstOrDefault(name => schema.Find(name) is null) is { } unknown)
        {
            throw new ArgumentException($"Found '{unknown}' in {nameof(options.HnswVectors)}, expected names of the vectors {schema}.", parameter);
        }

        if (options.HnswEfConstruction < 2 * options.HnswM)
        {
            throw new ArgumentException(
                $"Found {nameof(options.HnswEfConstruction)} {options.HnswEfConstruction}, expected at least twice {nameof(options.HnswM)}, {2 * options.HnswM}.", parameter);
        }
    }
}
