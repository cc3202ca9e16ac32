using System.Runtime.InteropServices;

namespace Splade.AI;

/// <summary>Memory outside the garbage collector's, aligned to a cache line: numbers that live as long as a model, or are used again for each text.</summary>
internal sealed unsafe class AlignedBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;
    private T* _pointer;

    /// <param name="length">How many elements; all are zero at first.</param>
    public AlignedBuffer(nint length) => Allocate(length);

    ~AlignedBuffer() => Free();

    public nint Length { get; private set; }

    /// <summary>The first element. It is valid while this object is reachable and not disposed.</summary>
    public T* Pointer => _pointer;

    /// <summary>Makes room for at least so many elements. What was there may be lost.</summary>
    public void Reserve(nint length)
    {
        if (length > Length)
        {
            Free();
            Allocate(length);
        }
    }

    public Span<T> Span(nint start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, Length);
        return new Span<T>(_pointer + start, length);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Allocate(nint length)
    {
        nuint bytes = checked((nuint)length * (nuint)sizeof(T));
        _pointer = (T*)NativeMemory.AlignedAlloc(Math.Max(bytes, CacheLine), CacheLine);
        NativeMemory.Clear(_pointer, bytes);
        Length = length;
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
        Length = 0;
    }
}
