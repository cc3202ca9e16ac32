using Splade.AI.Hybrid;

namespace Splade.Testing.Stores;

/// <summary>Opens stores of one kind for the tests. Made once for a class of tests; xUnit disposes of it, if it can be.</summary>
public interface IHybridStoreFixture
{
    /// <summary>Gets why no store of the kind can be had here, for which all tests are skipped; null if one can.</summary>
    static abstract string? Unavailable { get; }

    /// <summary>Gets a value indicating whether a store that was disposed of can be opened again.</summary>
    bool Persists { get; }

    /// <summary>Gets by which part of themselves scores may differ from those of the embedded store.</summary>
    float Tolerance { get; }

    /// <summary>Gets the place of the stores, such as a folder or the address of a server, which is started for it.</summary>
    /// <returns>What a fixture in another process opens the same stores by.</returns>
    Task<string> LocateAsync();

    /// <summary>Opens a store that searches exactly, or makes an empty one.</summary>
    /// <param name="place">What <see cref="LocateAsync"/> gave, here or in another process.</param>
    /// <param name="name">The name of the store: letters, digits and '_'.</param>
    /// <param name="schema">Its vectors, with their sizes.</param>
    /// <returns>The store. The metadata that is filtered by is in <see cref="StoreRecords.Fields"/>.</returns>
    Task<IHybridStore> OpenAsync(string place, string name, HybridSchema schema);
}
