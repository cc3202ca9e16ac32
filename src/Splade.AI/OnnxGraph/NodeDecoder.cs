using System.Buffers.Binary;
using Fields = Splade.AI.OnnxGraph.OnnxFields.Node;

namespace Splade.AI.OnnxGraph;

/// <summary>Reads a NodeProto.</summary>
internal static class NodeDecoder
{
    /// <summary>Deeper than any model nests its subgraphs: a damaged file, which must not use up the stack.</summary>
    private const int DeepestSubgraph = 16;

    public static OnnxNode Decode(ProtoField node) => Decode(node, depth: 0);

    private static OnnxNode Decode(ProtoField node, int depth)
    {
        string opType = "", domain = "";
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new Dictionary<string, OnnxAttribute>();
        var captured = new HashSet<string>();
        var tensors = new List<OnnxTensor>();
        foreach (ProtoField field in node.Fields())
        {
            switch (field.Number)
            {
                case Fields.Input: inputs.Add(field.Text()); break;
                case Fields.Output: outputs.Add(field.Text()); break;
                case Fields.OpType: opType = field.Text(); break;
                case Fields.Domain: domain = field.Text(); break;
                case Fields.Attribute: AddAttribute(field, attributes, captured, tensors, depth); break;
            }
        }

        return new OnnxNode(opType, domain, inputs, outputs, attributes, captured, tensors, node);
    }

    private static void AddAttribute(
        ProtoField attribute, Dictionary<string, OnnxAttribute> attributes, HashSet<string> captured, List<OnnxTensor> tensors, int depth)
    {
        string name = "";
        long? number = null;
        float? real = null;
        var numbers = new List<long>();
        OnnxTensor? tensor = null;
        foreach (ProtoField field in attribute.Fields())
        {
            switch (field.Number)
            {
                case OnnxFields.Attribute.Name: name = field.Text(); break;
                case OnnxFields.Attribute.Int: number = field.Number64; break;
                case OnnxFields.Attribute.Float: real = Real(field); break;
                case OnnxFields.Attribute.Ints: numbers.AddRange(field.Integers()); break;
                case OnnxFields.Attribute.Tensor: field.Require(WireType.Bytes); tensor = TensorDecoder.Decode(field.Content); break;
                case OnnxFields.Attribute.Graph or OnnxFields.Attribute.Graphs: AddSubgraph(field, captured, tensors, depth + 1); break;
            }
        }

        if (tensor is not null)
        {
            tensors.Add(tensor);
        }

        attributes[name] = new OnnxAttribute(number, real, numbers, tensor);
    }

    private static void AddSubgraph(ProtoField graph, HashSet<string> captured, List<OnnxTensor> tensors, int depth)
    {
        if (depth > DeepestSubgraph)
        {
            throw ProtoReader.Damaged(graph.Source, $"the graph at byte {graph.Start} lies more than {DeepestSubgraph} graphs deep");
        }

        foreach (ProtoField field in graph.Fields())
        {
            if (field.Number == OnnxFields.Graph.Node)
            {
                OnnxNode node = Decode(field, depth);
                captured.UnionWith(node.Inputs);
                captured.UnionWith(node.Captured);
                tensors.AddRange(node.Tensors);
            }
            else if (field.Number == OnnxFields.Graph.Initializer)
            {
                field.Require(WireType.Bytes);
                tensors.Add(TensorDecoder.Decode(field.Content));
            }
            else if (field.Number == OnnxFields.Graph.Output)
            {
                captured.Add(ValueDecoder.Decode(field).Name);
            }
        }
    }

    private static float Real(ProtoField field)
    {
        field.Require(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(field.Source.Window(field.Content.Offset, sizeof(float)));
    }
}
