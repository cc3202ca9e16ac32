using Microsoft.Extensions.AI;

namespace RagChat.Tests.TestDoubles;

/// <summary>Counts the words of a text: the more words two texts share, the nearer they point. A text without any points elsewhere.</summary>
internal sealed class TestDenseGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Called with the texts of each call before they are encoded.</summary>
    public Action<IReadOnlyList<string>>? OnGenerate { get; set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        OnGenerate?.Invoke(texts);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(t => new Embedding<float>(VectorOf(t)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static float[] VectorOf(string text)
    {
        float[] counts = new float[1024];
        foreach (string word in TestSparseGenerator.WordsOf(text).DefaultIfEmpty(""))
        {
            counts[word.Aggregate(0, (hash, letter) => ((hash * 31) + letter) & 1023)]++;
        }

        return counts;
    }
}
