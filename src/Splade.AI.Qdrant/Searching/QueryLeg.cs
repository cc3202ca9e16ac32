using Qdrant.Client.Grpc;
using Splade.AI.Hybrid;
using Splade.AI.Qdrant.Points;

namespace Splade.AI.Qdrant.Searching;

/// <summary>One leg of a search in Qdrant's words. Immutable, but for the messages in it.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Query">What is searched for; null if nothing can be found, for a sparse vector without entries.</param>
internal sealed record QueryLeg(HybridQueryLeg Leg, Query? Query)
{
    /// <exception cref="ArgumentException">The vector does not fit the schema, or cannot be searched with.</exception>
    public static QueryLeg Of(HybridQueryLeg leg, HybridSchema schema, string parameter)
    {
        try
        {
            VectorField field = schema.Require(leg.Name, leg.Vector);
            return new QueryLeg(leg, leg.Vector.Kind == VectorKind.Dense
                ? new Query { Nearest = new VectorInput { Dense = VectorCodec.Of(leg.Vector.Dense.Span, field.Similarity).Vector } }
                : leg.Vector.Sparse.Count > 0 ? new Query { Nearest = new VectorInput { Sparse = VectorCodec.Of(leg.Vector.Sparse) } }
                : null);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"The query's leg '{leg.Name}': {e.Message}", parameter, e);
        }
    }
}
