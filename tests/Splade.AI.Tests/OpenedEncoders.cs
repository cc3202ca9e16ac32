using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Splade.AI.ModelFiles;

namespace Splade.AI.Tests;

/// <summary>Small encoders of each kind, opened once for the tests of a class, each by the first that asks for it.</summary>
public sealed class OpenedEncoders : IAsyncLifetime
{
    public const string Bm25 = "bm25";

    private readonly ConcurrentDictionary<string, Lazy<Task<IEmbeddingGenerator<string, SparseEmbedding>>>> _opened = new();

    public Task<IEmbeddingGenerator<string, SparseEmbedding>> OpenAsync(string name) =>
        _opened.GetOrAdd(name, _ => new Lazy<Task<IEmbeddingGenerator<string, SparseEmbedding>>>(() => LoadAsync(name))).Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Lazy<Task<IEmbeddingGenerator<string, SparseEmbedding>>> opened in _opened.Values)
        {
            (await opened.Value).Dispose();
        }
    }

    private static Task<IEmbeddingGenerator<string, SparseEmbedding>> LoadAsync(string name) => name == Bm25
        ? Task.FromResult<IEmbeddingGenerator<string, SparseEmbedding>>(new Bm25EmbeddingGenerator())
        : SparseEncoders.OpenAsync(new SpladeEngineOptions(Path.Combine(Repository.TestData, "models", name))
        {
            Activation = name == "inference-free-bare" ? SpladeActivation.Log1pRelu : null,
        });
}
