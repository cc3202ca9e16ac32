namespace Splade.AI.Weights.Torch;

/// <summary>A tensor as torch saves it: what it shows of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The first number that it shows.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">For each dimension, by how many numbers the next one lies further on.</param>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Where the numbers lie in the file.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="record">The record of the storage.</param>
    /// <exception cref="FormatException">The record is not as long as the storage, or the tensor goes past its end.</exception>
    /// <exception cref="NotSupportedException">The numbers do not lie row by row, or column by column.</exception>
    public WeightTensor Place(string name, string file, ZipRecord record)
    {
        if ((Int128)Storage.Count * Storage.Type.Size != record.Length)
        {
            throw new FormatException(
                $"The storage of '{name}' is said to have {Storage.Count} numbers of {Storage.Type.Size} bytes, and its record has {record.Length} bytes.");
        }

        if (!IsInside() || WeightTensor.BytesOf(Shape, Storage.Type.Size) is not long length)
        {
            throw new FormatException($"Tensor '{name}' goes past the end of its storage of {Storage.Count} numbers.");
        }

        bool isTransposed = !IsContiguous(Shape, Strides);
        var tensor = new WeightTensor(
            name, file, record.Offset + (Offset * Storage.Type.Size), length, Storage.Type.Type, Storage.Type.Name, Shape)
        {
            IsTransposed = isTransposed,
        };
        return !isTransposed || (Shape is [long rows, long columns] && IsContiguous([columns, rows], [Strides[1], Strides[0]]))
            ? tensor
            : throw new NotSupportedException(
                $"Tensor '{name}' is {tensor} with strides [{string.Join(", ", Strides)}]: a part of a larger one. Expected its numbers one after the other. "
                + "Save the model with contiguous tensors, or take its safetensors file.");
    }

    private bool IsInside()
    {
        if (Shape.Contains(0))
        {
            return Offset <= Storage.Count;
        }

        Int128 last = Offset;
        for (int i = 0; i < Shape.Length && last < Storage.Count; i++)
        {
            last += (Int128)(Shape[i] - 1) * Strides[i];
        }

        return last < Storage.Count;
    }

    // A dimension of one has no next, whatever its stride; and no numbers lie in any order.
    private static bool IsContiguous(long[] shape, long[] strides)
    {
        long step = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            if (shape[i] > 1 && strides[i] != step)
            {
                return shape.Contains(0);
            }

            step *= shape[i];
        }

        return true;
    }
}
