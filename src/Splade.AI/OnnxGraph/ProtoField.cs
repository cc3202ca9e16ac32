using System.Text;

namespace Splade.AI.OnnxGraph;

/// <summary>A field of a protobuf message: where it lies, and its number if it is one.</summary>
/// <remarks>A class, as <see cref="Piece"/> is: collections of references are compiled already, those of each struct are compiled while a model loads.</remarks>
/// <param name="Source">The bytes it lies in.</param>
/// <param name="Number">The field number.</param>
/// <param name="Type">How it is written.</param>
/// <param name="Start">Where its tag begins.</param>
/// <param name="Content">Its content, without tag and length.</param>
/// <param name="Value">The number of a varint.</param>
internal sealed record ProtoField(ByteSource Source, int Number, WireType Type, long Start, Piece Content, ulong Value)
{
    /// <summary>No name in a real model comes near; a longer one is a damaged length.</summary>
    private const int LongestText = 64 * 1024;

    /// <summary>Tag, length and content.</summary>
    public Piece Whole => new(Source, Start, Content.Offset + Content.Length - Start);

    public long Number64 => (long)Value;

    /// <summary>The fields of the message in this field.</summary>
    public IEnumerable<ProtoField> Fields()
    {
        Require(WireType.Bytes);
        return ProtoReader.Fields(Content);
    }

    public string Text()
    {
        Require(WireType.Bytes);
        return Content.Length <= LongestText
            ? Encoding.UTF8.GetString(Source.Window(Content.Offset, (int)Content.Length))
            : throw ProtoReader.Damaged(Source, $"field {Number} at byte {Start} is a name of {Content.Length} bytes, expected at most {LongestText}");
    }

    /// <summary>The numbers of a repeated integer field: one, or many packed together.</summary>
    public IEnumerable<long> Integers()
    {
        if (Type == WireType.Varint)
        {
            yield return Number64;
            yield break;
        }

        Require(WireType.Bytes);
        long end = Content.Offset + Content.Length;
        for (long position = Content.Offset; position < end;)
        {
            yield return (long)ProtoReader.Varint(Source, ref position, end);
        }
    }

    public void Require(WireType expected)
    {
        if (Type != expected)
        {
            throw ProtoReader.Damaged(Source, $"field {Number} at byte {Start} is written as {Type}, expected {expected}");
        }
    }
}
