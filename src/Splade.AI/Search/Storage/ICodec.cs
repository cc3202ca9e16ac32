namespace Splade.AI.Search.Storage;

/// <summary>How values of a type lie in files.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
internal interface ICodec<T>
{
    /// <summary>How many bytes a value takes.</summary>
    int SizeOf(T value);

    /// <summary>Writes a value, and moves on behind it.</summary>
    void Write(T value, ref Span<byte> to);

    /// <summary>Reads a value, and moves on behind it.</summary>
    T Read(ref ReadOnlySpan<byte> from);
}
