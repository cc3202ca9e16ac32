using System.Buffers.Binary;

namespace Splade.AI.Weights;

/// <summary>Reads the header of a safetensors file: 8 bytes with its length, then JSON with the type, shape and place of each tensor.</summary>
/// <remarks>
/// The format: github.com/huggingface/safetensors, README, section "Format". Nothing that the header says is believed before it is compared
/// with the length of the file: tensors lie one after the other, without holes, and end where the file ends. What is allocated is at most a few
/// times the length of the header, of which an entry of a tensor makes one object, its name and its shape: less than five times the file.
/// </remarks>
internal static class SafetensorsHeader
{
    /// <summary>A longer header is refused by the format's own library too.</summary>
    private const long MaxLength = 100_000_000;

    /// <summary>The most bytes that are read. A tensor takes some hundred.</summary>
    private const long MaxRead = 16 << 20;

    /// <summary>The tensors by name.</summary>
    /// <exception cref="FormatException">The header is damaged, or does not fit the file. The message says where.</exception>
    /// <exception cref="NotSupportedException">A tensor is of a type that is not read.</exception>
    public static IReadOnlyDictionary<string, WeightTensor> Read(WeightFile file)
    {
        byte[] header = ReadBytes(file);
        Dictionary<string, WeightTensor> tensors = SafetensorsJson.Read(header, file);
        RequireOrder(tensors.Values, sizeof(long) + header.Length, file.Length);
        return tensors;
    }

    private static byte[] ReadBytes(WeightFile file)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        if (file.Length < prefix.Length)
        {
            throw new FormatException($"It has {file.Length} bytes, expected at least {prefix.Length}.");
        }

        file.Read(0, prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaxLength || !file.Has(prefix.Length, (long)length))
        {
            throw new FormatException($"Its header is said to have {length} bytes, in a file of {file.Length}; expected at most {MaxLength}.");
        }

        if (length > MaxRead)
        {
            throw new FormatException($"Its header has {length} bytes, expected at most {MaxRead}: no model has tensors for more.");
        }

        byte[] header = file.ReadBytes(prefix.Length, (long)length);
        return header[0] == '{' ? header : throw new FormatException("Its header is no object: it does not begin with '{'.");
    }

    private static void RequireOrder(ICollection<WeightTensor> tensors, long dataStart, long fileLength)
    {
        WeightTensor[] ordered = [.. tensors];
        Array.Sort(ordered, (left, right) => (left.Offset, left.Length).CompareTo((right.Offset, right.Length)));
        long end = dataStart;
        foreach (WeightTensor tensor in ordered)
        {
            if (tensor.Offset != end || tensor.Length > fileLength - end)
            {
                throw new FormatException(
                    $"Tensor '{ShortNames.Cut(tensor.Name)}' is said to lie from byte {tensor.Offset} on, with {tensor.Length} bytes. Expected it from byte {end} on, "
                    + $"in a file of {fileLength}.");
            }

            end += tensor.Length;
        }

        if (end != fileLength)
        {
            throw new FormatException($"Its tensors end at byte {end}, and the file at byte {fileLength}.");
        }
    }
}
