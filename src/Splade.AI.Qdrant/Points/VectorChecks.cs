using Splade.AI.Hybrid;

namespace Splade.AI.Qdrant.Points;

/// <summary>Whether vectors are those of a schema. Qdrant itself knows no size of sparse ones.</summary>
internal static class VectorChecks
{
    /// <summary>What the schema says of a vector.</summary>
    /// <exception cref="ArgumentException">It is none of the schema's, or of another size.</exception>
    public static VectorField Find(HybridSchema schema, string name, HybridVector vector)
    {
        if (schema.Find(name) is not { } field || field.Kind != vector.Kind)
        {
            throw new ArgumentException($"found the {vector.Kind} vector '{name}', expected those of the store: {schema}.");
        }

        return vector.Dimensions == field.Dimensions
            ? field
            : throw new ArgumentException($"found {vector.Dimensions} dimensions of the vector '{name}', expected {field.Dimensions} as the schema says.");
    }
}
