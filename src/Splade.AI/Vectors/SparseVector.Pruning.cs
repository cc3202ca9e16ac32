using System.Diagnostics;
using System.Numerics.Tensors;

namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The vector of the <paramref name="count"/> heaviest entries; of equal weights the lower position stays.</summary>
    /// <param name="count">At least 1. A vector with no more entries than that is returned as it is.</param>
    /// <remarks>
    /// This is <c>max_active_dims</c> of Sentence Transformers, which keeps the largest absolute values: weights here are above zero.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public SparseVector TopK(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return count >= Count ? this : KeepHeaviest(ByWeight(), count);
    }

    /// <summary>The vector of the entries that a rule keeps; the vector itself if that is all of them.</summary>
    public SparseVector Prune(SparsePruning rule) => rule.Kind switch
    {
        _ when Count == 0 => this,
        SparsePruningKind.None => this,
        SparsePruningKind.TopK => TopK((int)rule.Value),
        SparsePruningKind.MaxRatio => KeepFrom((float)rule.Value * TensorPrimitives.Max<float>(_values)),
        SparsePruningKind.AbsValue => KeepFrom((float)rule.Value),
        SparsePruningKind.AlphaMass => KeepMass((float)rule.Value),
        _ => throw new UnreachableException($"A rule of kind {rule.Kind}."),
    };

    private SparseVector KeepFrom(float minimum)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(p => _values[p] >= minimum)];
        return kept.Length == Count ? this : Keep(kept);
    }

    private SparseVector KeepMass(float share)
    {
        int[] byWeight = ByWeight();
        float goal = share * (float)Mass;
        double mass = 0;
        int count = 0;
        while (count < Count && (float)mass < goal)
        {
            mass += _values[byWeight[count++]];
        }

        return count == Count ? this : KeepHeaviest(byWeight, count);
    }

    /// <summary>Places in the arrays, the heaviest entry first, of equal weights the lower position first.</summary>
    private int[] ByWeight()
    {
        int[] places = [.. Enumerable.Range(0, Count)];
        Array.Sort(places, (a, b) => _values[a] != _values[b] ? _values[b].CompareTo(_values[a]) : a.CompareTo(b));
        return places;
    }

    private SparseVector KeepHeaviest(int[] byWeight, int count)
    {
        int[] kept = byWeight[..count];
        Array.Sort(kept);
        return Keep(kept);
    }

    /// <summary>The vector without the entries at the given positions.</summary>
    internal SparseVector Without(IReadOnlyList<int> indices)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => !indices.Contains(_indices[i]))];
        return kept.Length == Count ? this : Keep(kept);
    }

    private SparseVector Keep(int[] places) =>
        Own(Array.ConvertAll(places, p => _indices[p]), Array.ConvertAll(places, p => _values[p]), Dimensions);
}
