using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>An index of sparse vectors that a story is told to.</summary>
internal sealed class ScriptedSparseIndex(SparseIndex<string> index) : IScriptedIndex
{
    public void Remove(string[] keys) => index.Remove(keys);

    public void Upsert((string Key, SparseVector Vector)[] items) => index.Upsert(items);

    public Task BackupAsync(string folder) => index.BackupAsync(folder);

    public bool Equals(InsertionOrderedModel<string, SparseVector> model) =>
        model.Entries.Select(entry => entry.Key).SequenceEqual(index.Keys)
        && model.Entries.All(entry => index.TryGet(entry.Key, out SparseVector? vector) && vector.Equals(entry.Value))
        && ScriptedWrites.IdfOf(model).SequenceEqual(index.GetIdf(ScriptedWrites.Positions));

    public void Dispose() => index.Dispose();
}
