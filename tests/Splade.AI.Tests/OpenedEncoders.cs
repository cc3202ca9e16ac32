using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Splade.AI.ModelFiles;

namespace Splade.AI.Tests;

/// <summary>Small encoders of each kind, opened once for the tests of a class, each by the first that asks for it.</summary>
public sealed class OpenedEncoders : IAsyncLifetime, IDisposable
{
    public const string Bm25 = "bm25";

    public const string Bare = "inference-free-bare";

    private readonly TemporaryFolder _folder = new();

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

    public void Dispose() => _folder.Dispose();

    /// <summary>An inference-free model as FastEmbed publishes it, with the weights of the other one here.</summary>
    public static string CopyBareFolder(TemporaryFolder folder)
    {
        string bare = folder.Copy(Path.Combine(Repository.TestData, "models", Bare), Bare);
        string weights = Path.Combine(Repository.TestData, "models", "inference-free-idf", "document_0_Transformer", "onnx", "model.onnx");
        File.Copy(weights, Path.Combine(bare, "model.onnx"));
        return bare;
    }

    private async Task<IEmbeddingGenerator<string, SparseEmbedding>> LoadAsync(string name) => name switch
    {
        Bm25 => new Bm25EmbeddingGenerator(),
        Bare => await SparseEncoders.OpenAsync(new SpladeEngineOptions(CopyBareFolder(_folder)) { Activation = SpladeActivation.Log1pRelu }),
        _ => await SparseEncoders.OpenAsync(Path.Combine(Repository.TestData, "models", name)),
    };
}
