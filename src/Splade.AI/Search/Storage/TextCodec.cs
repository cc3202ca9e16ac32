using System.Text;

namespace Splade.AI.Search.Storage;

/// <summary>Texts: their length in bytes, and UTF-8.</summary>
internal sealed class TextCodec : ICodec<string>
{
    // A text that is no valid UTF-16 would come back as another one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public int SizeOf(string value) => sizeof(int) + Strict.GetByteCount(value);

    public void Write(string value, ref Span<byte> to)
    {
        int length = Strict.GetBytes(value, to[sizeof(int)..]);
        ByteCursor.Put(ref to, length);
        to = to[length..];
    }

    public string Read(ref ReadOnlySpan<byte> from)
    {
        int length = ByteCursor.Take<int>(ref from);
        string value = Strict.GetString(from[..length]);
        from = from[length..];
        return value;
    }
}
