using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Splade.Benchmarks.Encoding;

/// <summary>Memory as NumPy gets it for a new array: from the C library, not cleared, on huge pages where the system lends them on request.</summary>
internal sealed unsafe class NumPyArray<T>(int length) : IDisposable
    where T : unmanaged
{
    private void* _memory = Allocate((nuint)length * (nuint)Unsafe.SizeOf<T>());

    public Span<T> Span => new(_memory, length);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }

    private static void* Allocate(nuint size)
    {
        void* memory = NativeMemory.Alloc(size);
        HugePages.AskFor(memory, size);
        return memory;
    }
}
