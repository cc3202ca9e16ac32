using System.Diagnostics;
using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>A contender whose model is loaded.</summary>
internal sealed class LoadedContender(EncoderContender contender, EncoderContext context) : IDisposable
{
    private static readonly TimeSpan CompilationTime = TimeSpan.FromSeconds(2);

    private readonly IDocumentEncoder _encoder = contender.Load(context);

    public EncoderContender Contender => contender;

    /// <summary>How its vectors compare with those of the careful loop; null until that has been seen.</summary>
    public Agreement? Agreement { get; private set; }

    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts) => _encoder.Encode(texts);

    /// <summary>
    /// Encodes short texts until the runtime has compiled for good what it calls. Passes over whole tensors are few and long: during
    /// the work itself they would stay unoptimised for most of it, which NumPy's never are.
    /// </summary>
    public void CompileForGood()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < CompilationTime;)
        {
            Encode(["one short text", "and another one that is a little longer"]);
        }
    }

    /// <exception cref="InvalidOperationException">It claims to be exact and gives other vectors.</exception>
    public void Compare(IReadOnlyList<SparseVector> expected, IReadOnlyList<SparseVector> actual)
    {
        Agreement = Agreement.Of(expected, actual);
        if (contender.IsExact && !Agreement.IsSame)
        {
            throw new InvalidOperationException(
                $"{contender.Name} gives other vectors: values differ by up to {Agreement.LargestDifference:G3}, expected at most {Agreement.Tolerance:G3}; "
                + $"{Agreement.EntriesApart} entries come or go.");
        }
    }

    public void Dispose() => _encoder.Dispose();
}
