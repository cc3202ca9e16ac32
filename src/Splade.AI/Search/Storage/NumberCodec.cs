using System.Runtime.CompilerServices;

namespace Splade.AI.Search.Storage;

/// <summary>Numbers of one size, as they lie in memory.</summary>
internal sealed class NumberCodec<T> : ICodec<T>
    where T : unmanaged
{
    public int SizeOf(T value) => Unsafe.SizeOf<T>();

    public void Write(T value, ref Span<byte> to) => ByteCursor.Put(ref to, value);

    public T Read(ref ReadOnlySpan<byte> from) => ByteCursor.Take<T>(ref from);
}
