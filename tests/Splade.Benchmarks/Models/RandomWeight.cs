using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.Benchmarks.Models;

/// <summary>A weight of a model that is made while it is written, so that no model is ever held in memory.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Deviation">The standard deviation of its numbers; 0 for numbers that are all the same.</param>
/// <param name="Mean">The mean of its numbers.</param>
/// <param name="Shape">Its shape.</param>
internal sealed record RandomWeight(string Name, float Deviation, float Mean, params long[] Shape)
{
    /// <summary>Whether its numbers are 16-bit floats.</summary>
    public bool IsHalf { get; init; }

    private const int NumbersAtATime = 1 << 16;

    private long Count => Shape.Aggregate(1L, (product, length) => product * length);

    private long DataLength => Count * (IsHalf ? 2 : sizeof(float));

    /// <summary>The length of the field that <see cref="Write"/> writes.</summary>
    public long FieldLength => Start().Length + DataLength;

    /// <summary>Writes the field of a graph that holds it.</summary>
    public void Write(Stream stream, Random random)
    {
        stream.Write(Start());
        float[] buffer = new float[(int)Math.Min(NumbersAtATime, Count)];
        for (long done = 0; done < Count; done += buffer.Length)
        {
            Span<float> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, Count - done));
            Fill(part, random);
            stream.Write(IsHalf ? MemoryMarshal.AsBytes<Half>(Array.ConvertAll(part.ToArray(), x => (Half)x)) : MemoryMarshal.AsBytes(part));
        }
    }

    private byte[] Start()
    {
        var tensor = new ProtoWriter();
        foreach (long length in Shape)
        {
            tensor.Varint(OnnxFields.Tensor.Dimensions, length);
        }

        byte[] message = tensor
            .Varint(OnnxFields.Tensor.ElementType, (int)(IsHalf ? OnnxElementType.Float16 : OnnxElementType.Float))
            .Text(OnnxFields.Tensor.Name, Name)
            .Header(OnnxFields.Tensor.RawData, DataLength)
            .ToArray();
        return [.. new ProtoWriter().Header(OnnxFields.Graph.Initializer, message.Length + DataLength).ToArray(), .. message];
    }

    // Box and Muller's transform.
    private void Fill(Span<float> numbers, Random random)
    {
        if (Deviation == 0)
        {
            numbers.Fill(Mean);
            return;
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            numbers[i] = Mean + (Deviation * (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble())));
        }
    }
}
