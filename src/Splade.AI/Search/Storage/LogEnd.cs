using System.Buffers.Binary;

namespace Splade.AI.Search.Storage;

/// <summary>The content of the last record of a log that was closed: which manifest says so. An older manifest that was put in its place is told by it.</summary>
internal static class LogEnd
{
    /// <summary>No other record begins with it.</summary>
    private const byte Mark = 0;

    private const int Size = 1 + sizeof(long);

    /// <param name="commit">The number of the manifest that says that the log is closed.</param>
    public static byte[] Write(long commit)
    {
        byte[] content = new byte[Size];
        content[0] = Mark;
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(1), commit);
        return content;
    }

    /// <summary>The number of the manifest; null if the content is of another record.</summary>
    public static long? Read(ReadOnlySpan<byte> content) =>
        content.Length == Size && content[0] == Mark ? BinaryPrimitives.ReadInt64LittleEndian(content[1..]) : null;
}
