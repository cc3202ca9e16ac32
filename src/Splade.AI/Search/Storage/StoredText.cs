using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Splade.AI.Search.Storage;

/// <summary>Strings as bytes: UTF-8, and for those that have half of a surrogate pair, which UTF-8 cannot write, a mark and UTF-16.</summary>
internal static class StoredText
{
    /// <summary>No UTF-8 has this byte.</summary>
    private const byte Utf16Mark = 0xFF;

    public static int Length(string text) => IsUnicode(text) ? Encoding.UTF8.GetByteCount(text) : 1 + (text.Length * sizeof(char));

    /// <param name="text">The string.</param>
    /// <param name="bytes">Receives it; exactly as long as <see cref="Length"/> says.</param>
    public static void Write(string text, Span<byte> bytes)
    {
        if (IsUnicode(text))
        {
            Encoding.UTF8.GetBytes(text, bytes);
            return;
        }

        bytes[0] = Utf16Mark;
        for (int i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(1 + (i * sizeof(char)))..], text[i]);
        }
    }

    public static string Read(ReadOnlySpan<byte> bytes) =>
        bytes is [Utf16Mark, .. ReadOnlySpan<byte> units] ? ReadUtf16(units) : Encoding.UTF8.GetString(bytes);

    private static string ReadUtf16(ReadOnlySpan<byte> units)
    {
        char[] text = new char[units.Length / sizeof(char)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(units[(i * sizeof(char))..]);
        }

        return new string(text);
    }

    private static bool IsUnicode(string text)
    {
        for (ReadOnlySpan<char> left = text; left.IndexOfAnyInRange('\uD800', '\uDFFF') is int at and >= 0;)
        {
            if (Rune.DecodeFromUtf16(left[at..], out _, out int consumed) != OperationStatus.Done)
            {
                return false;
            }

            left = left[(at + consumed)..];
        }

        return true;
    }
}
