using System.Runtime.InteropServices;
using Splade.AI;

namespace Splade.Benchmarks.Searching;

/// <summary>
/// Sparse vectors in a file, little-endian: 8 bytes <c>SPCSR001</c>; int64 rows, columns, entries; int64 row starts <c>[rows + 1]</c>; int32
/// columns, ascending within a row; float32 values.
/// </summary>
internal static class CsrFile
{
    private static ReadOnlySpan<byte> Magic => "SPCSR001"u8;

    /// <exception cref="InvalidDataException">The file is no such file, or cut short.</exception>
    public static SparseVector[] Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[Magic.Length];
        file.ReadExactly(magic);
        if (!magic.SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{path} does not begin with SPCSR001. Expected rows of sparse vectors.");
        }

        long[] sizes = ReadArray<long>(file, 3);
        long[] starts = ReadArray<long>(file, sizes[0] + 1);
        int[][] indices = new int[sizes[0]][];
        for (int row = 0; row < indices.Length; row++)
        {
            indices[row] = ReadArray<int>(file, starts[row + 1] - starts[row]);
        }

        return Array.ConvertAll(indices, row => new SparseVector(row, ReadArray<float>(file, row.Length), (int)sizes[1]));
    }

    private static T[] ReadArray<T>(FileStream file, long length)
        where T : unmanaged
    {
        var values = new T[length];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
