namespace Splade.AI;

public partial class SparseVector
{
    /// <summary>The element-wise maximum: at each position the larger of the two weights.</summary>
    /// <remarks>This is how the vectors of passages make that of their text, in any order: see <see cref="LongTextHandling"/>.</remarks>
    /// <exception cref="ArgumentException">The vectors have different <see cref="Dimensions"/>.</exception>
    public SparseVector Max(SparseVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        DimensionGuard.RequireEqual(other.Dimensions, Dimensions, nameof(other));
        int[] indices = new int[Count + other.Count];
        float[] values = new float[indices.Length];
        int count = 0;
        int left = 0;
        int right = 0;
        while (left < Count || right < other.Count)
        {
            int leftIndex = left < Count ? _indices[left] : int.MaxValue;
            int rightIndex = right < other.Count ? other._indices[right] : int.MaxValue;
            float leftValue = leftIndex <= rightIndex ? _values[left++] : 0;
            float rightValue = rightIndex <= leftIndex ? other._values[right++] : 0;
            indices[count] = Math.Min(leftIndex, rightIndex);
            values[count++] = Math.Max(leftValue, rightValue);
        }

        Array.Resize(ref indices, count);
        Array.Resize(ref values, count);
        return Own(indices, values, Dimensions);
    }
}
