using Microsoft.Extensions.AI;

namespace Splade.AI.DependencyInjection;

/// <summary>A generator as a container gives it out: at once, and loaded by the first who needs it.</summary>
/// <remarks>Safe for concurrent use. Owns the generator behind it and what decorates that.</remarks>
internal sealed class LazyEmbeddingGenerator<TEmbedding>(Func<Task<IEmbeddingGenerator<string, TEmbedding>>> load)
    : IEmbeddingGenerator<string, TEmbedding>, IAsyncDisposable, IJointSide
    where TEmbedding : Embedding
{
    private readonly OwnedLoad<IEmbeddingGenerator<string, TEmbedding>> _generator = new(load, typeof(IEmbeddingGenerator));

    /// <summary>That of the generator behind it, which is loaded for it while the caller waits; null where something is around that generator.</summary>
    public IJointEncoder? Joint => (_generator.Get() as IJointSide)?.Joint;

    public async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        IEmbeddingGenerator<string, TEmbedding> generator = await _generator.GetAsync(cancellationToken).ConfigureAwait(false);
        return await generator.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>This object, or what the generator behind it gives; that is loaded for it, while the caller waits.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : _generator.Get().GetService(serviceType, serviceKey);
    }

    /// <summary>Loads the generator.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => _generator.GetAsync(cancellationToken);

    public void Dispose() => _generator.Dispose();

    public ValueTask DisposeAsync() => _generator.DisposeAsync();
}
