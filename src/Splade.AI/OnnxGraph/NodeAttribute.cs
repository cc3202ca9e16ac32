using Fields = Splade.AI.OnnxGraph.OnnxFields.Attribute;

namespace Splade.AI.OnnxGraph;

/// <summary>An attribute of a node that is written.</summary>
internal sealed class NodeAttribute
{
    private NodeAttribute(ProtoWriter message) => Message = message;

    public ProtoWriter Message { get; }

    public static NodeAttribute Int(string name, long value) => new(Named(name, type: 2).Varint(Fields.Int, value));

    public static NodeAttribute Float(string name, float value) => new(Named(name, type: 1).Float(Fields.Float, value));

    public static NodeAttribute Ints(string name, params ReadOnlySpan<long> values)
    {
        ProtoWriter message = Named(name, type: 7);
        foreach (long value in values)
        {
            message.Varint(Fields.Ints, value);
        }

        return new NodeAttribute(message);
    }

    /// <summary>A tensor, as a Constant node holds one.</summary>
    public static NodeAttribute Tensor(string name, OnnxElementType type, IReadOnlyList<long> shape, ReadOnlySpan<byte> data) =>
        new(Named(name, type: 4).Message(Fields.Tensor, TensorEncoder.Encode(name: "", type, shape, data)));

    private static ProtoWriter Named(string name, int type) => new ProtoWriter().Text(Fields.Name, name).Varint(Fields.Type, type);
}
