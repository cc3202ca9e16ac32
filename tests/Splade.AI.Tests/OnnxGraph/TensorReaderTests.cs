using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;
using Fields = Splade.AI.OnnxGraph.OnnxFields.Tensor;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class TensorReaderTests
{
    private static readonly float[] Numbers = [0.5f, -1, 2, 3.25f, -4, 65504];

    [Fact]
    public void Read_EveryHomeAndType_GivesTheNumbers()
    {
        byte[] floats = MemoryMarshal.AsBytes(Numbers.AsSpan()).ToArray();
        AssertReads(OnnxElementType.Float, t => t.Bytes(Fields.RawData, floats));
        AssertReads(OnnxElementType.Float, t => t.Bytes(Fields.FloatData, floats));
        AssertReads(OnnxElementType.Float, t => t.Bytes(Fields.FloatData, floats.AsSpan(0, 8)).Bytes(Fields.FloatData, floats.AsSpan(8)));
        AssertReads(OnnxElementType.Float, t => Numbers.Aggregate(t, (message, number) => message.Float(Fields.FloatData, number)));
        Half[] halves = [.. Numbers.Select(n => (Half)n)];
        AssertReads(OnnxElementType.Float16, t => t.Bytes(Fields.RawData, MemoryMarshal.AsBytes(halves.AsSpan())));
        AssertReads(OnnxElementType.Float16, t => halves.Aggregate(t, (message, half) => message.Varint(Fields.Int32Data, BitConverter.HalfToUInt16Bits(half))));
    }

    [Fact]
    public void Read_BFloat16_GivesTheNumbers()
    {
        ushort[] bits = [.. new[] { 0.5f, -1, 2, 3.25f, -4, 128 }.Select(n => (ushort)(BitConverter.SingleToUInt32Bits(n) >> 16))];
        float[] read = Read(OnnxElementType.BFloat16, t => t.Bytes(Fields.RawData, MemoryMarshal.AsBytes(bits.AsSpan())), 0, 6);
        Assert.Equal([0.5f, -1, 2, 3.25f, -4, 128], read);
    }

    [Fact]
    public void Read_FewerNumbersThanTheShape_IsRefused()
    {
        var error = Assert.Throws<SpladeModelException>(() => Read(OnnxElementType.Float, t => t.Bytes(Fields.RawData, new byte[20]), 0, 1));
        Assert.Contains("has 5 numbers, expected 6", error.Message, StringComparison.Ordinal);
        Assert.Throws<SpladeModelException>(() => Read(OnnxElementType.Float, t => t, 0, 1));
    }

    [Fact]
    public void Read_AnotherType_IsRefused()
    {
        var error = Assert.Throws<SpladeModelException>(() => Read(OnnxElementType.Int8, t => t.Bytes(Fields.RawData, new byte[6]), 0, 1));
        Assert.Contains("numbers of type Int8, expected float32, float16 or bfloat16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ImpossibleShape_IsRefused()
    {
        ProtoWriter tensor = new ProtoWriter().Varint(Fields.Dimensions, long.MaxValue).Varint(Fields.Dimensions, 3).Varint(Fields.ElementType, 1);
        Assert.Throws<SpladeModelException>(() => Read(tensor.Bytes(Fields.RawData, new byte[4]), 0, 1));
    }

    private static void AssertReads(OnnxElementType type, Func<ProtoWriter, ProtoWriter> data)
    {
        for (int first = 0; first < Numbers.Length; first++)
        {
            for (int count = 0; first + count <= Numbers.Length; count++)
            {
                Assert.Equal(Numbers.AsSpan(first, count).ToArray(), Read(type, data, first, count));
            }
        }
    }

    private static float[] Read(OnnxElementType type, Func<ProtoWriter, ProtoWriter> data, int first, int count) =>
        Read(data(new ProtoWriter().Varint(Fields.Dimensions, 2).Varint(Fields.Dimensions, 3).Varint(Fields.ElementType, (int)type)), first, count);

    private static float[] Read(ProtoWriter tensor, int first, int count)
    {
        ProtoWriter graph = new ProtoWriter().Message(OnnxFields.Graph.Initializer, tensor.Text(Fields.Name, "t"));
        using OnnxFile file = OnnxFile.Parse(new ProtoWriter().Message(OnnxFields.Model.Graph, graph).ToArray(), "model.onnx");
        float[] numbers = new float[count];
        TensorReader.Read(file, file.Initializers["t"], first, numbers);
        return numbers;
    }
}
