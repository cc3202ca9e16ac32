using Splade.AI.Hybrid;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>A store that a story is told to: all parts of its records follow from their sparse vectors.</summary>
internal sealed class ScriptedStore(EmbeddedHybridStore store) : IScriptedIndex
{
    private static readonly HybridModels Models = new()
    {
        Dense = new Dictionary<string, DenseModelIdentity> { [HybridSchema.DenseName] = new() { ModelName = "dense", Dimensions = 3 } },
    };

    public void Remove(string[] keys) => store.DeleteAsync(keys).GetAwaiter().GetResult();

    public void Upsert((string Key, SparseVector Vector)[] items) =>
        store.UpsertAsync(items.Select(item => Record(item.Key, item.Vector)), Models).GetAwaiter().GetResult();

    public Task BackupAsync(string folder) => store.BackupAsync(folder);

    public bool Equals(InsertionOrderedModel<string, SparseVector> model)
    {
        HybridRecord[] records = [.. store.ListAsync().ToBlockingEnumerable()];
        return records.Select(record => record.Id).SequenceEqual(model.Entries.Select(entry => entry.Key))
            && records.Zip(model.Entries).All(pair => AreSame(pair.First, Record(pair.Second.Key, pair.Second.Value)))
            && (records.Length == 0 || store.Models.Equals(Models))
            && ScriptedWrites.IdfOf(model).SequenceEqual(store.GetIdfAsync(HybridSchema.SparseName, ScriptedWrites.Positions).GetAwaiter().GetResult());
    }

    public void Dispose() => store.Dispose();

    private static HybridRecord Record(string key, SparseVector vector) => new(
        key,
        $"{key} has {string.Join(' ', vector.Indices.ToArray())}",
        vector,
        new float[] { 1 + vector.Count, vector.Indices.Length > 0 ? vector.Indices[0] : 0, 3 },
        new Dictionary<string, MetadataValue> { ["count"] = vector.Count, ["key"] = key });

    private static bool AreSame(HybridRecord found, HybridRecord expected) =>
        found.Text == expected.Text
        && found.Sparse.Equals(expected.Sparse)
        && found.Dense.Span.SequenceEqual(expected.Dense.Span)
        && found.Metadata.Count == expected.Metadata.Count
        && expected.Metadata.All(item => found.Metadata.TryGetValue(item.Key, out MetadataValue? value) && value.Equals(item.Value));
}
