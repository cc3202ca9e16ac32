using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>Stands around another generator, and counts what comes by.</summary>
internal sealed class CountingGenerator<TEmbedding>(IEmbeddingGenerator<string, TEmbedding> inner) : DelegatingEmbeddingGenerator<string, TEmbedding>(inner)
    where TEmbedding : Embedding
{
    private int _texts;
    private int _disposals;

    /// <summary>How many texts it was asked for.</summary>
    public int Texts => _texts;

    public int Disposals => _disposals;

    /// <summary>The options of the last call.</summary>
    public EmbeddingGenerationOptions? Options { get; private set; }

    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        Interlocked.Add(ref _texts, texts.Length);
        Options = options;
        return base.GenerateAsync(texts, options, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        Interlocked.Increment(ref _disposals);
        base.Dispose(disposing);
    }
}
