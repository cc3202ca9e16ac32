using Splade.AI;

namespace Splade.Testing;

/// <summary>One line of a reference file: a sparse vector in <c>Indices</c> and <c>Values</c>, or a dense one in <c>Vector</c>.</summary>
public sealed record ReferenceVector(string Id, string Text, int[] Indices, float[] Values, float[]? Vector, int[]? QueryIndices = null, float[]? QueryValues = null)
{
    public ReferenceVector AsQuery() => this with { Indices = QueryIndices!, Values = QueryValues! };


    public static ReferenceVector Of(string id, SparseVector vector) => new(id, "", vector.Indices.ToArray(), vector.Values.ToArray(), null);
}
