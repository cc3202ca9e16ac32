using BenchmarkDotNet.Attributes;
using Splade.AI;

namespace Splade.Benchmarks.Micro;

/// <summary>A query's vector and a document's. Public and not sealed, as BenchmarkDotNet wants it.</summary>
[MemoryDiagnoser]
public class VectorMicro
{
    private readonly SparseVector _query = MicroData.Vector(entries: 30, seed: 1);
    private readonly SparseVector _document = MicroData.Vector(entries: 150, seed: 2);

    /// <summary>The score of search.</summary>
    [Benchmark(Baseline = true)]
    public float Dot() => _query.Dot(_document);

    /// <summary>The dot product over both lengths.</summary>
    [Benchmark]
    public float Cosine() => _query.Cosine(_document);

    /// <summary>The 32 heaviest entries.</summary>
    [Benchmark]
    public SparseVector TopK() => _document.TopK(32);

    /// <summary>The entries that make up nine tenths of the weight.</summary>
    [Benchmark]
    public SparseVector PruneByMass() => _document.Prune(SparsePruning.AlphaMass(0.9));

    /// <summary>The entries of at least a tenth of the heaviest.</summary>
    [Benchmark]
    public SparseVector PruneByRatio() => _document.Prune(SparsePruning.MaxRatio(0.1));
}
