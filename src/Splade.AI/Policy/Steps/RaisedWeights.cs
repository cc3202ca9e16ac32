namespace Splade.AI.Policy.Steps;

/// <summary>A vector some of whose weights are raised, and some of them from nothing.</summary>
/// <param name="vector">The vector before that.</param>
internal sealed class RaisedWeights(SparseVector vector)
{
    private Dictionary<int, float>? _raised;

    public SparseVector Before => vector;

    /// <summary>The weight of a token now; 0 if it has none.</summary>
    public float this[int id] => _raised is not null && _raised.TryGetValue(id, out float weight) ? weight : vector[id];

    /// <summary>Sets a weight that is higher than the one before.</summary>
    public void Raise(int id, float weight) => (_raised ??= [])[id] = weight;

    public SparseVector ToVector()
    {
        if (_raised is null)
        {
            return vector;
        }

        int[] indices = [.. vector.Indices, .. _raised.Keys.Where(id => vector[id] == 0)];
        Array.Sort(indices);
        return SparseVector.Own(indices, Array.ConvertAll(indices, id => this[id]), vector.Dimensions);
    }
}
