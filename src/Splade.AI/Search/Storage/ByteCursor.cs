using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Splade.AI.Search.Storage;

/// <summary>Numbers one after the other in bytes, as they lie in memory; folders are opened on little-endian machines only.</summary>
internal static class ByteCursor
{
    /// <summary>How many bytes a name takes.</summary>
    public const int NameLength = 32;

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

    /// <summary>Writes a name of ASCII letters, with zeros behind it.</summary>
    public static void PutName(ref Span<byte> to, string name)
    {
        Encoding.ASCII.GetBytes(name, to[..NameLength]);
        to = to[NameLength..];
    }

    public static string TakeName(ref ReadOnlySpan<byte> from)
    {
        string name = Encoding.ASCII.GetString(from[..NameLength]).TrimEnd('\0');
        from = from[NameLength..];
        return name;
    }
}
