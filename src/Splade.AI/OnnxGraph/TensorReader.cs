using System.Buffers;
using System.Runtime.InteropServices;

namespace Splade.AI.OnnxGraph;

/// <summary>Reads a tensor's numbers as floats, a range at a time.</summary>
internal static class TensorReader
{
    private const int Chunk = 16 * 1024;

    /// <summary>The bytes that a number of this type takes; 0 if it is none of the types that are read.</summary>
    public static int SizeOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float => sizeof(float),
        OnnxElementType.Float16 or OnnxElementType.BFloat16 => sizeof(ushort),
        OnnxElementType.Int64 => sizeof(long),
        _ => 0,
    };

    /// <summary>Reads the numbers from <paramref name="first"/> on.</summary>
    /// <exception cref="SpladeModelException">The numbers are of another type, or fewer than the tensor's shape says.</exception>
    public static void Read(OnnxFile file, OnnxTensor tensor, long first, Span<float> destination)
    {
        RequireFloats(file, tensor);
        if (file.Data(tensor) is Piece data)
        {
            RequireLength(file, tensor, data.Length / SizeOf(tensor.Type));
            ReadBytes(data, tensor.Type, first, destination);
        }
        else
        {
            ReadFields(file, tensor, first, destination);
        }
    }

    /// <summary>The only number of a constant of floats; null if the value is no such constant.</summary>
    public static float? ReadScalar(OnnxFile file, string value)
    {
        if (file.Constant(value) is not { Type: OnnxElementType.Float, Count: 1 } tensor)
        {
            return null;
        }

        float number = 0;
        Read(file, tensor, 0, new Span<float>(ref number));
        return number;
    }

    /// <summary>Reads all numbers of a tensor of signed bytes, as floats.</summary>
    /// <exception cref="SpladeModelException">The numbers are fewer than the tensor's shape says.</exception>
    public static void ReadBytes(OnnxFile file, OnnxTensor tensor, Span<float> destination)
    {
        sbyte[] bytes;
        if (file.Data(tensor) is Piece data)
        {
            RequireLength(file, tensor, data.Length);
            bytes = new sbyte[destination.Length];
            data.Source.Read(data.Offset, MemoryMarshal.AsBytes(bytes.AsSpan()));
        }
        else
        {
            var fields = ((TensorStorage.Typed)tensor.Storage).Fields.Where(f => f.Number == OnnxFields.Tensor.Int32Data);
            bytes = [.. fields.SelectMany(f => f.Integers()).Select(number => (sbyte)number)];
            RequireLength(file, tensor, bytes.Length);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            destination[i] = bytes[i];
        }
    }

    /// <summary>The numbers where they lie in a file; null if they are no 32-bit floats, or in no file.</summary>
    /// <exception cref="SpladeModelException">They are fewer than the tensor's shape says.</exception>
    public static FileNumbers? InFile(OnnxFile file, OnnxTensor tensor)
    {
        if (tensor.Type != OnnxElementType.Float || !BitConverter.IsLittleEndian || file.Data(tensor) is not { Source: FileBytes bytes } data)
        {
            return null;
        }

        RequireLength(file, tensor, data.Length / sizeof(float));
        return bytes.NumbersAt(data.Offset, tensor.Count);
    }

    /// <summary>Reads a small tensor of integers, such as a shape; null if it is none.</summary>
    public static long[]? ReadIntegers(OnnxFile file, OnnxTensor tensor)
    {
        const int Most = 64;
        if (tensor.Type != OnnxElementType.Int64 || tensor.Count > Most)
        {
            return null;
        }

        if (file.Data(tensor) is not Piece data)
        {
            return [.. ((TensorStorage.Typed)tensor.Storage).Fields.Where(f => f.Number == OnnxFields.Tensor.Int64Data).SelectMany(f => f.Integers())];
        }

        RequireLength(file, tensor, data.Length / sizeof(long));
        long[] numbers = new long[tensor.Count];
        data.Source.Read(data.Offset, MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static void ReadBytes(Piece data, OnnxElementType type, long first, Span<float> destination)
    {
        if (type == OnnxElementType.Float)
        {
            data.Source.Read(data.Offset + (first * sizeof(float)), MemoryMarshal.AsBytes(destination));
            return;
        }

        ushort[] rented = ArrayPool<ushort>.Shared.Rent(Chunk);
        try
        {
            for (int done = 0; done < destination.Length; done += Chunk)
            {
                Span<ushort> bits = rented.AsSpan(0, Math.Min(Chunk, destination.Length - done));
                data.Source.Read(data.Offset + ((first + done) * sizeof(ushort)), MemoryMarshal.AsBytes(bits));
                Widen(bits, type, destination.Slice(done, bits.Length));
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(rented);
        }
    }

    // Half floats stand in int32_data, one in each number; floats in float_data, packed or not.
    private static void ReadFields(OnnxFile file, OnnxTensor tensor, long first, Span<float> destination)
    {
        int wanted = tensor.Type == OnnxElementType.Float ? OnnxFields.Tensor.FloatData : OnnxFields.Tensor.Int32Data;
        IEnumerable<ProtoField> fields = ((TensorStorage.Typed)tensor.Storage).Fields.Where(f => f.Number == wanted);
        long found = tensor.Type == OnnxElementType.Float
            ? ReadFloatData(fields, first, destination)
            : ReadHalfData(fields.SelectMany(f => f.Integers()), tensor.Type, first, destination);
        RequireLength(file, tensor, found);
    }

    private static long ReadFloatData(IEnumerable<ProtoField> fields, long first, Span<float> destination)
    {
        long position = 0;
        foreach (Piece content in fields.Select(f => f.Content))
        {
            long count = content.Length / sizeof(float);
            long from = Math.Max(first, position);
            long to = Math.Min(first + destination.Length, position + count);
            if (from < to)
            {
                ReadBytes(content, OnnxElementType.Float, from - position, destination.Slice((int)(from - first), (int)(to - from)));
            }

            position += count;
        }

        return position;
    }

    private static long ReadHalfData(IEnumerable<long> numbers, OnnxElementType type, long first, Span<float> destination)
    {
        long position = 0;
        foreach (long number in numbers)
        {
            if (position >= first && position < first + destination.Length)
            {
                Widen([(ushort)number], type, destination.Slice((int)(position - first), 1));
            }

            position++;
        }

        return position;
    }

    private static void Widen(ReadOnlySpan<ushort> bits, OnnxElementType type, Span<float> destination) =>
        HalfNumbers.Widen(bits, type == OnnxElementType.BFloat16, destination);

    private static void RequireFloats(OnnxFile file, OnnxTensor tensor)
    {
        if (tensor.Type is not (OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16))
        {
            throw new SpladeModelException(
                $"Tensor '{tensor.Name}' has numbers of type {tensor.Type}, expected float32, float16 or bfloat16. "
                + "Export the model again in one of them.",
                file.Path);
        }
    }

    private static void RequireLength(OnnxFile file, OnnxTensor tensor, long found)
    {
        if (found != tensor.Count)
        {
            throw new SpladeModelException(
                $"Tensor '{tensor.Name}' has {found} numbers, expected {tensor.Count}. The file is damaged: copy it again from its origin.", file.Path);
        }
    }
}
