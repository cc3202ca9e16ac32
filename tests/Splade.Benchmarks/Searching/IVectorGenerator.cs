using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>Where documents and the queries for them come from, one after the other.</summary>
internal interface IVectorGenerator
{
    SparseVector Document();

    SparseVector Query();
}
