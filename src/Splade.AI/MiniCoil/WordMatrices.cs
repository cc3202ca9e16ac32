using System.Runtime.InteropServices;
using Splade.AI.Files;

namespace Splade.AI.MiniCoil;

/// <summary>The matrix of each known word, which makes a few numbers of a hidden state: <c>minicoil.triplet.model.npy</c>. Safe for concurrent use.</summary>
internal sealed class WordMatrices
{
    private readonly float[] _numbers;

    private WordMatrices(float[] numbers, int words, int width, int components) =>
        (_numbers, Words, Width, Components) = (numbers, words, width, components);

    /// <summary>How many words there are; row 0 is no word's.</summary>
    public int Words { get; }

    /// <summary>How many numbers a hidden state has.</summary>
    public int Width { get; }

    /// <summary>How many numbers come out for a word.</summary>
    public int Components { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="words">How many words the vocabulary has.</param>
    /// <exception cref="SpladeModelException">The file cannot be read, or is not such an array.</exception>
    public static WordMatrices Read(string path, int words)
    {
        byte[] file = CheckedFile.ReadAllBytes(path, Array.MaxLength);
        try
        {
            var header = NpyHeader.Read(file);
            int size = header.Type switch
            {
                "<f4" => sizeof(float),
                "<f2" => sizeof(ushort),
                _ => throw new FormatException($"Its numbers are of type '{header.Type}', expected '<f4' or '<f2'."),
            };
            if (header.IsByColumn || header.Shape is not [int rows, > 0 and int width, > 0 and int components] || rows != words + 1)
            {
                throw new FormatException(
                    $"Its shape is ({string.Join(", ", header.Shape)}) in {(header.IsByColumn ? "Fortran's" : "C's")} order, expected "
                    + $"({words + 1}, width, components) in C's: a matrix for each of the {words} words behind one for none.");
            }

            ReadOnlySpan<byte> numbers = file.AsSpan(header.Length);
            long count = (long)rows * width * components;
            return numbers.Length == count * size
                ? new WordMatrices(Numbers(numbers, size), words, width, components)
                : throw new FormatException($"It has {numbers.Length} bytes of numbers, expected {count * size}.");
        }
        catch (FormatException e)
        {
            throw new SpladeModelException($"The file cannot be read: {e.Message} Copy it again from the model's origin.", path, e);
        }
    }

    /// <summary>What the matrix of a word makes of a hidden state: <c>tanh(h M)</c>, divided by its Euclidean length unless that is next to 0.</summary>
    /// <param name="word">The word's number, from 1.</param>
    /// <param name="hidden">The hidden state.</param>
    public float[] Project(int word, ReadOnlySpan<double> hidden)
    {
        const double Least = 1e-8;
        double[] sums = new double[Components];
        ReadOnlySpan<float> matrix = _numbers.AsSpan(word * Width * Components, Width * Components);
        for (int row = 0; row < Width; row++)
        {
            for (int column = 0; column < Components; column++)
            {
                sums[column] += hidden[row] * matrix[(row * Components) + column];
            }
        }

        double[] bounded = Array.ConvertAll(sums, Math.Tanh);
        double length = Math.Sqrt(bounded.Sum(x => x * x));
        return Array.ConvertAll(bounded, x => (float)(length > Least ? x / length : x));
    }

    private static float[] Numbers(ReadOnlySpan<byte> bytes, int size)
    {
        float[] numbers = new float[bytes.Length / size];
        if (size == sizeof(float))
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(numbers);
        }
        else
        {
            HalfNumbers.Widen(MemoryMarshal.Cast<byte, ushort>(bytes), areBFloat16: false, numbers);
        }

        return Array.TrueForAll(numbers, float.IsFinite) ? numbers : throw new FormatException("It has numbers that are not finite.");
    }
}
