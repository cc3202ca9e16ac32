namespace Splade.AI.Tests.Search.Storage;

/// <summary>What a story of writes is told to: an index, or a store.</summary>
internal interface IScriptedIndex : IDisposable
{
    void Remove(string[] keys);

    void Upsert((string Key, SparseVector Vector)[] items);

    Task BackupAsync(string folder);

    /// <summary>Whether it holds what a model does, in the same order, and nothing else.</summary>
    bool Equals(InsertionOrderedModel<string, SparseVector> model);
}
