using Microsoft.Extensions.AI;
using Splade.AI;

namespace RagChat.Tests.TestDoubles;

/// <summary>Weighs each known word of a text with 1. What is not in the vocabulary does not count.</summary>
internal sealed class TestSparseGenerator(params string[] vocabulary) : IEmbeddingGenerator<string, SparseEmbedding>
{
    public IReadOnlyList<string> Vocabulary => vocabulary;

    public static string[] WordsOf(string text) =>
        text.ToLowerInvariant().Split([' ', '\n', '.', ',', '?', ':', '>', '-'], StringSplitOptions.RemoveEmptyEntries);

    public Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new GeneratedEmbeddings<SparseEmbedding>(values.Select(v => new SparseEmbedding(VectorOf(v)))));
    }

    /// <summary>What tells it from others: its words.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(SparseModelIdentity) && serviceKey is null
        ? new SparseModelIdentity { ModelName = string.Join(' ', vocabulary), Dimensions = vocabulary.Length }
        : null;

    public void Dispose()
    {
    }

    private SparseVector VectorOf(string text)
    {
        int[] indices = [.. WordsOf(text).Select(w => Array.IndexOf(vocabulary, w)).Where(i => i >= 0).Distinct().Order()];
        return new SparseVector(indices, [.. indices.Select(_ => 1f)], vocabulary.Length);
    }
}
