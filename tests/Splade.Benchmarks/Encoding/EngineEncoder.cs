using Splade.AI;

namespace Splade.Benchmarks.Encoding;

/// <summary>This library's engine.</summary>
internal sealed class EngineEncoder(SpladeEngineOptions options) : IDocumentEncoder
{
    private readonly SpladeEngine _engine = SpladeEngine.CreateAsync(options).GetAwaiter().GetResult();

    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts) =>
        [.. _engine.EncodeAsync(texts).GetAwaiter().GetResult().Select(encoding => encoding.Vector)];

    public void Dispose() => _engine.Dispose();
}
