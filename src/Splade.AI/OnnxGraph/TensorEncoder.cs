namespace Splade.AI.OnnxGraph;

/// <summary>Writes a TensorProto.</summary>
internal static class TensorEncoder
{
    /// <summary>One that carries its numbers.</summary>
    /// <param name="name">Its name; empty in an attribute.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="data">Its numbers, little-endian.</param>
    public static ProtoWriter Encode(string name, OnnxElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> data) =>
        Header(name, type, shape).Bytes(OnnxFields.Tensor.RawData, data);

    /// <summary>One whose numbers are in another file.</summary>
    public static ProtoWriter Encode(string name, OnnxElementType type, IReadOnlyList<long> shape, ExternalPlace place) =>
        place.WriteTo(Header(name, type, shape));

    private static ProtoWriter Header(string name, OnnxElementType type, IReadOnlyList<long> shape)
    {
        var tensor = new ProtoWriter();
        foreach (long dimension in shape)
        {
            tensor.Varint(OnnxFields.Tensor.Dimensions, dimension);
        }

        return tensor
            .Varint(OnnxFields.Tensor.ElementType, (int)type)
            .Text(OnnxFields.Tensor.Name, name);
    }
}
