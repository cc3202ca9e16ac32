using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Hybrid;

/// <summary>A store and the models of its vectors, by the models' files: their folders may be renamed, their contents may not change.</summary>
public sealed class StoreOfModelsTests : IAsyncLifetime, IDisposable
{
    private static readonly HybridText Mars = new("mars", "Mars is called the Red Planet.");

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryModel _copy = TemporaryModel.CopyOfSpladeTiny("renamed");
    private readonly TemporaryModel _denseCopy = TemporaryModel.CopyOfDense();
    private SpladeEmbeddingGenerator _sparse = null!;
    private DenseEmbeddingGenerator _dense = null!;

    public async Task InitializeAsync()
    {
        _sparse = await SpladeEmbeddingGenerator.CreateAsync(EngineFixture.ModelFolder);
        _dense = await DenseEmbeddingGenerator.CreateAsync(Path.Combine(Repository.Models, "all-minilm-l6-v2-int8"));
    }

    public async Task DisposeAsync()
    {
        await _sparse.DisposeAsync();
        await _dense.DisposeAsync();
    }

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
        _denseCopy.Dispose();
    }

    [Fact]
    public async Task Search_ModelsUnderOtherNames_AreTheSame()
    {
        using EmbeddedHybridStore store = await FilledAsync();
        await using SpladeEmbeddingGenerator sparse = await SpladeEmbeddingGenerator.CreateAsync(_copy.Folder);
        using TemporaryModel renamed = TemporaryModel.CopyOf(_denseCopy.Folder, "another name");
        await using DenseEmbeddingGenerator dense = await DenseEmbeddingGenerator.CreateAsync(renamed.Folder);
        Assert.Equal("another name", dense.Model.Name);
        var sut = new HybridRetriever(store, sparse, dense);
        Assert.NotEqual(_sparse.GetService<SparseModelIdentity>()!.ModelName, sparse.GetService<SparseModelIdentity>()!.ModelName);
        Assert.Equal("mars", Assert.Single((await sut.SearchAsync("red planet")).Hits).Record.Id);
        Assert.Equal(1, (await sut.AddAsync([Mars])).Unchanged);
    }

    [Fact]
    public async Task Search_SparseModelTrainedAgain_IsRefused()
    {
        using EmbeddedHybridStore store = await FilledAsync();
        Change(_copy);
        await using SpladeEmbeddingGenerator sparse = await SpladeEmbeddingGenerator.CreateAsync(_copy.Folder);
        await AssertRefusedAsync(new HybridRetriever(store, sparse, _dense), "its files, pooling or prompts are others");
    }

    [Fact]
    public async Task Search_DenseModelTrainedAgain_IsRefused()
    {
        using EmbeddedHybridStore store = await FilledAsync();
        Change(_denseCopy);
        await using DenseEmbeddingGenerator dense = await DenseEmbeddingGenerator.CreateAsync(_denseCopy.Folder);
        await AssertRefusedAsync(new HybridRetriever(store, _sparse, dense), "the dense model has another hash than that of the same name, 'all-minilm-l6-v2-int8'");
    }

    [Fact]
    public async Task Add_StoreOfBeforeHashes_TakesTheNameAndKeepsTheHash()
    {
        HybridModels models = HybridModels.Of(_sparse, _dense);
        HybridModels before = HybridModels.Of(
            models.Sparse[HybridSchema.SparseName] with { ModelHash = null }, models.Dense[HybridSchema.DenseName] with { ModelHash = null });
        using (EmbeddedHybridStore old = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            var vector = (await _sparse.GenerateAsync(["old"]))[0].Vector;
            await old.UpsertAsync([new HybridRecord("old", "old", vector, (await _dense.GenerateAsync(["old"]))[0].Vector)], before);
        }

        using EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path);
        Assert.Equal(before, await store.GetModelsAsync());
        await new HybridRetriever(store, _sparse, _dense).AddAsync([Mars]);
        Assert.Equal(models, await store.GetModelsAsync());
    }

    private async Task<EmbeddedHybridStore> FilledAsync()
    {
        using (EmbeddedHybridStore store = await EmbeddedHybridStore.OpenAsync(_folder.Path))
        {
            await new HybridRetriever(store, _sparse, _dense).AddAsync([Mars]);
        }

        return await EmbeddedHybridStore.OpenAsync(_folder.Path);
    }

    private static async Task AssertRefusedAsync(HybridRetriever sut, string reason)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => sut.SearchAsync("red planet"));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<ArgumentException>(() => sut.AddAsync([new HybridText("venus", "Venus is hot.")]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Changes a bit of a weight.</summary>
    private static void Change(TemporaryModel model)
    {
        byte[] bytes = File.ReadAllBytes(model.PathOf("onnx/model.onnx"));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(model.PathOf("onnx/model.onnx"), bytes);
    }
}
