using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>A loaded model that encodes documents in one of several ways.</summary>
internal interface IDocumentEncoder : IDisposable
{
    /// <returns>A vector for each text, in their order.</returns>
    IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts);
}
