using BenchmarkDotNet.Attributes;
using Splade.AI;
using Splade.AI.Pooling;

namespace Splade.Benchmarks.Micro;

/// <summary>From a row of maxima to a sparse vector. Public and not sealed, as BenchmarkDotNet wants it.</summary>
[MemoryDiagnoser]
public class PoolingMicro
{
    private const int Vocabulary = 30522;

    private float[] _maxima = [];

    /// <summary>How many of the maxima are positive: those of a query, of a document, and of a row that is far from sparse.</summary>
    [Params(30, 150, 3000)]
    public int Positive { get; set; }

    /// <summary>Makes the row.</summary>
    [GlobalSetup]
    public void Setup() => _maxima = [.. MicroData.Row(Vocabulary, Positive)];

    /// <summary>The only step between the model and the vector.</summary>
    [Benchmark(Baseline = true)]
    public SparseVector FromMaxima() => SpladePooling.FromMaxima(_maxima);
}
