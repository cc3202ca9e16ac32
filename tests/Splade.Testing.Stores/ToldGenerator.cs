using Microsoft.Extensions.AI;

namespace Splade.Testing.Stores;

/// <summary>Makes a dense vector of a text's length and first letter, and tells before how many texts a call has.</summary>
internal sealed class ToldGenerator(Action<int> told) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly Lock _telling = new();

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        lock (_telling)
        {
            told(texts.Length);
        }

        return Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([.. texts.Select(text => new Embedding<float>(new float[] { text.Length, text[0] }))]);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
