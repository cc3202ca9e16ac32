namespace Splade.AI.OnnxGraph;

/// <summary>Writes a TensorProto that carries its numbers.</summary>
internal static class TensorEncoder
{
    /// <param name="name">Its name; empty in an attribute.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="data">Its numbers, little-endian.</param>
    public static ProtoWriter Encode(string name, OnnxElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> data)
    {
        var tensor = new ProtoWriter();
        foreach (long dimension in shape)
        {
            tensor.Varint(OnnxFields.Tensor.Dimensions, dimension);
        }

        return tensor
            .Varint(OnnxFields.Tensor.ElementType, (int)type)
            .Text(OnnxFields.Tensor.Name, name)
            .Bytes(OnnxFields.Tensor.RawData, data);
    }
}
