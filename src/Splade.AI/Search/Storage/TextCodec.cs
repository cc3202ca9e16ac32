namespace Splade.AI.Search.Storage;

/// <summary>Texts: their length in bytes, and <see cref="StoredText"/>.</summary>
internal sealed class TextCodec : ICodec<string>
{
    public int SizeOf(string value) => sizeof(int) + StoredText.Length(value);

    public void Write(string value, ref Span<byte> to)
    {
        int length = StoredText.Length(value);
        ByteCursor.Put(ref to, length);
        StoredText.Write(value, to[..length]);
        to = to[length..];
    }

    public string Read(ref ReadOnlySpan<byte> from)
    {
        int length = ByteCursor.Take<int>(ref from);
        string value = StoredText.Read(from[..length]);
        from = from[length..];
        return value;
    }
}
