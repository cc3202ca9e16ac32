using Fields = Splade.AI.OnnxGraph.OnnxFields.Type;

namespace Splade.AI.OnnxGraph;

/// <summary>Reads a ValueInfoProto.</summary>
internal static class ValueDecoder
{
    public static OnnxValue Decode(ProtoField value)
    {
        string name = "";
        var type = OnnxElementType.Undefined;
        List<long?>? dimensions = null;
        foreach (ProtoField field in value.Fields())
        {
            if (field.Number == OnnxFields.Value.Name)
            {
                name = field.Text();
            }
            else if (field.Number == OnnxFields.Value.Type)
            {
                (type, dimensions) = ReadType(field);
            }
        }

        return new OnnxValue(name, type, dimensions, value);
    }

    private static (OnnxElementType Type, List<long?>? Dimensions) ReadType(ProtoField value)
    {
        var type = OnnxElementType.Undefined;
        List<long?>? dimensions = null;
        foreach (ProtoField field in value.Fields().Where(f => f.Number == Fields.Tensor).SelectMany(f => f.Fields()))
        {
            if (field.Number == Fields.ElementType)
            {
                type = (OnnxElementType)(int)field.Value;
            }
            else if (field.Number == Fields.Shape)
            {
                dimensions = [.. field.Fields().Where(f => f.Number == Fields.Dimension).Select(ReadDimension)];
            }
        }

        return (type, dimensions);
    }

    private static long? ReadDimension(ProtoField dimension) =>
        dimension.Fields().FirstOrDefault(f => f.Number == Fields.DimensionValue)?.Number64;
}
