namespace Splade.AI.OnnxGraph;

/// <summary>Walks the fields of a protobuf message without reading their content.</summary>
/// <remarks>Every length is checked against what is left of the message around it, so that a damaged file ends in an exception.</remarks>
internal static class ProtoReader
{
    private const int LongestVarint = 10;

    /// <exception cref="SpladeModelException">The message is damaged or cut short.</exception>
    public static IEnumerable<ProtoField> Fields(Piece message)
    {
        ByteSource source = message.Source;
        long end = message.Offset + message.Length;
        for (long position = message.Offset; position < end;)
        {
            ProtoField field = Next(source, position, end);
            yield return field;
            position = field.Content.Offset + field.Content.Length;
        }
    }

    public static ulong Varint(ByteSource source, ref long position, long end)
    {
        ReadOnlySpan<byte> window = source.Window(position, (int)Math.Min(LongestVarint, end - position));
        ulong value = 0;
        for (int i = 0; i < window.Length; i++)
        {
            value |= (ulong)(window[i] & 0x7F) << (7 * i);
            if (window[i] < 0x80)
            {
                position += i + 1;
                return value;
            }
        }

        throw Damaged(source, $"the number at byte {position} does not end");
    }

    public static SpladeModelException Damaged(ByteSource source, string found) => new(
        $"The file is not a whole ONNX model: {found}. Copy it again from its origin, or export it again.", source.Name);

    private static ProtoField Next(ByteSource source, long start, long end)
    {
        long position = start;
        ulong tag = Varint(source, ref position, end);
        int number = tag >> 3 is > 0 and <= int.MaxValue and ulong n ? (int)n : throw Damaged(source, $"the tag at byte {start} has field number {tag >> 3}");
        var type = (WireType)(tag & 7);
        if (type == WireType.Varint)
        {
            long content = position;
            ulong value = Varint(source, ref position, end);
            return new ProtoField(source, number, type, start, new Piece(source, content, position - content), value);
        }

        ulong length = type switch
        {
            WireType.Fixed64 => sizeof(ulong),
            WireType.Fixed32 => sizeof(uint),
            WireType.Bytes => Varint(source, ref position, end),
            _ => throw Damaged(source, $"field {number} at byte {start} has wire type {(int)type}"),
        };
        return length <= (ulong)(end - position)
            ? new ProtoField(source, number, type, start, new Piece(source, position, (long)length), 0)
            : throw Damaged(source, $"field {number} at byte {start} wants {length} bytes, {end - position} are left");
    }
}
