using Microsoft.Extensions.VectorData;
using Splade.SemanticKernel.VectorData;

namespace Splade.SemanticKernel.Tests.VectorData;

/// <summary>The same records in memory and in a folder, more than fit in what is not yet a segment, and in memory without indexes.</summary>
public sealed class EverythingFixture : IAsyncLifetime, IDisposable
{
    public const int Count = 1200;

    private readonly SpladeVectorStorage _storage = new();
    private readonly SpladeVectorStorage _folder = new(Directory.CreateTempSubdirectory("splade-filters-").FullName);

    public IReadOnlyList<Everything> Records { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var random = new Random(8);
        Records = [.. Enumerable.Range(0, Count).Select(id => Everything.Random(random, id))];
        foreach (SpladeCollection<int, Everything> collection in Collections())
        {
            await collection.EnsureCollectionExistsAsync();
            await collection.UpsertAsync(Records.Take(Count - 100));
            await collection.UpsertAsync(Records.Skip(Count - 100));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _storage.Dispose();
        _folder.Dispose();
        Directory.Delete(_folder.Folder!, recursive: true);
    }

    public IEnumerable<SpladeCollection<int, Everything>> Collections()
    {
        yield return new(_storage, "indexed");
        yield return new(_folder, "indexed");
        yield return new(_storage, "compiled", new SpladeCollectionOptions { Definition = Definition() });
    }

    private static VectorStoreCollectionDefinition Definition() => new()
    {
        Properties =
        [
            .. typeof(Everything).GetProperties().Select(VectorStoreProperty (property) => property.Name == nameof(Everything.Id)
                ? new VectorStoreKeyProperty(property.Name, property.PropertyType)
                : new VectorStoreDataProperty(property.Name, property.PropertyType)),
        ],
    };
}
