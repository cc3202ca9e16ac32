using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.Benchmarks.Models;

/// <summary>Writes the ONNX file of a random BERT, a weight at a time.</summary>
internal static class ModelStream
{
    private const int IrVersion = 8;

    public static void Write(string path, BertShape shape, int seed)
    {
        var graph = new BertGraph(shape);
        byte[] name = new ProtoWriter().Text(OnnxFields.Graph.Name, "main_graph").ToArray();
        long length = name.Length + graph.Fields.Sum(f => f.Whole.Length) + graph.Weights.Sum(w => w.FieldLength);
        using FileStream stream = File.Create(path);
        stream.Write(new ProtoWriter()
            .Varint(OnnxFields.Model.IrVersion, IrVersion)
            .Text(OnnxFields.Model.Producer, "Splade.Benchmarks")
            .Message(OnnxFields.Model.OpsetImport, new ProtoWriter().Text(OnnxFields.Opset.Domain, "").Varint(OnnxFields.Opset.Version, BertGraph.Opset))
            .Header(OnnxFields.Model.Graph, length)
            .ToArray());
        stream.Write(name);
        foreach (ProtoField field in graph.Fields)
        {
            field.Whole.WriteTo(stream);
        }

        var random = new Random(seed);
        foreach (RandomWeight weight in graph.Weights)
        {
            weight.Write(stream, random);
        }
    }

    /// <summary>The last number of the decoder's bias, in a file of 32-bit floats.</summary>
    public static float GetBias(string path)
    {
        using FileStream stream = File.OpenRead(path);
        stream.Seek(-sizeof(float), SeekOrigin.End);
        Span<byte> number = stackalloc byte[sizeof(float)];
        stream.ReadExactly(number);
        return BitConverter.ToSingle(number);
    }

    /// <summary>Sets every number of the decoder's bias, which ends the file.</summary>
    public static void SetBias(string path, BertShape shape, float bias)
    {
        float[] numbers = new float[shape.Vocabulary];
        numbers.AsSpan().Fill(bias);
        ReadOnlySpan<byte> bytes = shape.IsHalf ? MemoryMarshal.AsBytes<Half>(Array.ConvertAll(numbers, x => (Half)x)) : MemoryMarshal.AsBytes(numbers.AsSpan());
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Seek(-bytes.Length, SeekOrigin.End);
        stream.Write(bytes);
    }
}
