namespace Splade.AI.Vectors.Similarity;

/// <summary>The similarity of two vectors of one size by walking both: the obvious way, and the measure of the fast one.</summary>
internal static class SimilarityPair
{
    public static float Compute<TKernel>(SparseVector left, SparseVector right)
        where TKernel : struct, ISimilarityKernel
    {
        double shared = 0;
        foreach ((_, float leftValue, float rightValue) in new SharedEntries(left, right))
        {
            shared = TKernel.Add(shared, leftValue, rightValue);
        }

        return TKernel.Finish(shared, TKernel.Measure(left), TKernel.Measure(right));
    }
}

/// <summary>Walks the positions at which both of two vectors have an entry, ascending.</summary>
internal ref struct SharedEntries(SparseVector left, SparseVector right)
{
    private readonly ReadOnlySpan<int> _leftIndices = left.Indices;
    private readonly ReadOnlySpan<int> _rightIndices = right.Indices;
    private readonly ReadOnlySpan<float> _leftValues = left.Values;
    private readonly ReadOnlySpan<float> _rightValues = right.Values;
    private int _left = -1;
    private int _right = -1;

    /// <summary>The position, and the weight that each vector has there.</summary>
    public readonly (int Index, float Left, float Right) Current => (_leftIndices[_left], _leftValues[_left], _rightValues[_right]);

    public readonly SharedEntries GetEnumerator() => this;

    public bool MoveNext()
    {
        int left = _left + 1;
        int right = _right + 1;
        while (left < _leftIndices.Length && right < _rightIndices.Length && _leftIndices[left] != _rightIndices[right])
        {
            bool leftIsBehind = _leftIndices[left] < _rightIndices[right];
            left += leftIsBehind ? 1 : 0;
            right += leftIsBehind ? 0 : 1;
        }

        (_left, _right) = (left, right);
        return left < _leftIndices.Length && right < _rightIndices.Length;
    }
}
