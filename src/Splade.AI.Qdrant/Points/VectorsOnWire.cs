using Qdrant.Client.Grpc;
using QdrantDense = Qdrant.Client.Grpc.DenseVector;
using QdrantSparse = Qdrant.Client.Grpc.SparseVector;

namespace Splade.AI.Qdrant.Points;

/// <summary>Vectors in answers, which servers before 1.16 and after write in two ways.</summary>
internal static class VectorsOnWire
{
#pragma warning disable CS0612, CS0618 // The older way.
    public static QdrantSparse Sparse(VectorOutput vector) => vector.VectorCase == VectorOutput.VectorOneofCase.Sparse
        ? vector.Sparse
        : new QdrantSparse { Indices = { vector.Indices?.Data ?? [] }, Values = { vector.Data } };

    public static QdrantDense Dense(VectorOutput vector) =>
        vector.VectorCase == VectorOutput.VectorOneofCase.Dense ? vector.Dense : new QdrantDense { Data = { vector.Data } };
#pragma warning restore CS0612, CS0618
}
