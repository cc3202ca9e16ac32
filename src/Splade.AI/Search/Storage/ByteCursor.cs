using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Splade.AI.Search.Storage;

/// <summary>Numbers one after the other in bytes, as they lie in memory; folders are opened on little-endian machines only.</summary>
internal static class ByteCursor
{
    public static void Put<T>(ref Span<byte> to, T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(to, value);
        to = to[Unsafe.SizeOf<T>()..];
    }

    public static void Put<T>(ref Span<byte> to, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        bytes.CopyTo(to);
        to = to[bytes.Length..];
    }

    public static T Take<T>(ref ReadOnlySpan<byte> from)
        where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(from);
        from = from[Unsafe.SizeOf<T>()..];
        return value;
    }

    public static T[] Take<T>(ref ReadOnlySpan<byte> from, int count)
        where T : unmanaged
    {
        var values = new T[count];
        int length = count * Unsafe.SizeOf<T>();
        from[..length].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        from = from[length..];
        return values;
    }
}
