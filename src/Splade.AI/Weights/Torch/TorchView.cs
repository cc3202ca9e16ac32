namespace Splade.AI.Weights.Torch;

/// <summary>A tensor as torch saves it: what it shows of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The first number that it shows.</param>
/// <param name="Shape">Its shape: numbers of 0 or more, in the pickle's own tuple, which many tensors may share.</param>
/// <param name="Strides">For each dimension, by how many numbers the next one lies further on.</param>
internal sealed record TorchView(TorchStorage Storage, long Offset, object?[] Shape, object?[] Strides)
{
    /// <summary>Where the numbers lie in the file. Those that lie neither row by row nor column by column no graph reads.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="record">The record of the storage.</param>
    /// <exception cref="FormatException">The record is not as long as the storage, or the tensor goes past its end.</exception>
    public WeightTensor Place(string name, string file, ZipRecord record)
    {
        TorchType type = Storage.Type;
        if ((Int128)Storage.Count * type.Size != record.Length)
        {
            throw new FormatException(
                $"The storage of '{name}' is said to have {Storage.Count} numbers of {type.Size} bytes, and its record has {record.Length} bytes.");
        }

        long[] shape = [.. Shape.Cast<long>()];
        long[] strides = [.. Strides.Cast<long>()];
        if (CountSpanned(shape, strides) is not long spanned || WeightTensor.BytesOf(shape, type.Size) is null)
        {
            throw new FormatException($"Tensor '{name}' goes past the end of its storage of {Storage.Count} numbers.");
        }

        var tensor = new WeightTensor(name, file, record.Offset + (Offset * type.Size), spanned * type.Size, type.Type, type.Name, shape);
        return IsContiguous(shape, strides) ? tensor
            : shape is [long rows, long columns] && IsContiguous([columns, rows], [strides[1], strides[0]]) ? tensor with { IsTransposed = true }
            : tensor with { IsContiguous = false };
    }

    /// <summary>How many numbers lie from the first that it shows to the last; null if they go past the end of the storage.</summary>
    private long? CountSpanned(long[] shape, long[] strides)
    {
        if (shape.Contains(0))
        {
            return Offset <= Storage.Count ? 0 : null;
        }

        Int128 last = Offset;
        for (int i = 0; i < shape.Length && last < Storage.Count; i++)
        {
            last += (Int128)(shape[i] - 1) * strides[i];
        }

        return last < Storage.Count ? (long)last - Offset + 1 : null;
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
