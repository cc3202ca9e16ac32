using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Splade.AI.OnnxGraph;

/// <summary>Writes a small protobuf message into memory.</summary>
internal sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtoWriter Varint(int number, long value)
    {
        Raw((ulong)number << 3);
        Raw((ulong)value);
        return this;
    }

    public ProtoWriter Float(int number, float value)
    {
        Raw(((ulong)number << 3) | (uint)WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtoWriter Bytes(int number, ReadOnlySpan<byte> content)
    {
        Header(number, content.Length);
        _bytes.Write(content);
        return this;
    }

    public ProtoWriter Text(int number, string text) => Bytes(number, Encoding.UTF8.GetBytes(text));

    public ProtoWriter Message(int number, ProtoWriter message) => Bytes(number, message.ToArray());

    /// <summary>The tag and length of a message whose content the caller writes elsewhere.</summary>
    public ProtoWriter Header(int number, long length)
    {
        Raw(((ulong)number << 3) | (uint)WireType.Bytes);
        Raw((ulong)length);
        return this;
    }

    /// <summary>A field as it stands elsewhere.</summary>
    public ProtoWriter Copy(Piece whole)
    {
        int length = checked((int)whole.Length);
        whole.Source.Read(whole.Offset, _bytes.GetSpan(length)[..length]);
        _bytes.Advance(length);
        return this;
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
    }
}
