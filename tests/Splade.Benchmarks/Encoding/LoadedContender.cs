using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>A contender whose model is loaded.</summary>
internal sealed class LoadedContender(EncoderContender contender, EncoderContext context) : IDisposable
{
    private readonly IDocumentEncoder _encoder = contender.Load(context);

    public EncoderContender Contender => contender;

    /// <summary>How its vectors compare with those of the careful loop; null until that has been seen.</summary>
    public Agreement? Agreement { get; private set; }

    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts) => _encoder.Encode(texts);

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
