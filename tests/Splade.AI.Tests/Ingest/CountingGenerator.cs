using Microsoft.Extensions.AI;

namespace Splade.AI.Tests.Ingest;

/// <summary>Makes a dense vector of a text's length and first letter, and counts the texts.</summary>
internal sealed class CountingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private int _encoded;

    public int Encoded => Volatile.Read(ref _encoded);

    /// <summary>After so many texts it throws.</summary>
    public int FailsAt { get; set; } = int.MaxValue;

    /// <summary>What each call waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        string[] texts = [.. values];
        return Interlocked.Add(ref _encoded, texts.Length) <= FailsAt
            ? [.. texts.Select(text => new Embedding<float>(new float[] { text.Length, text.Length > 0 ? text[0] : 1 }))]
            : throw new InvalidOperationException("no model");
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
