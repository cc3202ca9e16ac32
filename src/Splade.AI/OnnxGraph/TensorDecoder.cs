using System.Globalization;
using Fields = Splade.AI.OnnxGraph.OnnxFields.Tensor;

namespace Splade.AI.OnnxGraph;

/// <summary>Reads what a TensorProto says of itself, not its numbers.</summary>
internal static class TensorDecoder
{
    /// <summary>More dimensions than any model has: a damaged file.</summary>
    private const int MostDimensions = 64;

    public static OnnxTensor Decode(Piece message)
    {
        string name = "";
        var type = OnnxElementType.Undefined;
        var dimensions = new List<long>();
        var typed = new List<ProtoField>();
        var entries = new Dictionary<string, string>();
        Piece? raw = null;
        bool external = false;
        foreach (ProtoField field in ProtoReader.Fields(message))
        {
            switch (field.Number)
            {
                case Fields.Name: name = field.Text(); break;
                case Fields.ElementType: type = (OnnxElementType)(int)field.Value; break;
                case Fields.Dimensions: AddDimensions(field, dimensions); break;
                case Fields.RawData: field.Require(WireType.Bytes); raw = field.Content; break;
                case Fields.DataLocation: external = field.Value == 1; break;
                case Fields.ExternalData: AddEntry(field, entries); break;
                case Fields.FloatData or Fields.Int32Data or Fields.StringData or Fields.Int64Data or Fields.DoubleData or Fields.UInt64Data:
                    typed.Add(field);
                    break;
            }
        }

        TensorStorage storage = external ? ReadExternal(entries, name, message)
            : raw is Piece data ? new TensorStorage.Raw(data)
            : new TensorStorage.Typed(typed);
        return new OnnxTensor(name, type, dimensions, storage, message);
    }

    private static void AddDimensions(ProtoField field, List<long> dimensions)
    {
        dimensions.AddRange(field.Integers().Take(MostDimensions + 1));
        if (dimensions.Count > MostDimensions)
        {
            throw ProtoReader.Damaged(field.Source, $"the tensor at byte {field.Start} has more than {MostDimensions} dimensions");
        }
    }

    private static void AddEntry(ProtoField field, Dictionary<string, string> entries)
    {
        string key = "", value = "";
        foreach (ProtoField part in field.Fields())
        {
            if (part.Number == OnnxFields.Entry.Key)
            {
                key = part.Text();
            }
            else if (part.Number == OnnxFields.Entry.Value)
            {
                value = part.Text();
            }
        }

        entries[key] = value;
    }

    private static TensorStorage.External ReadExternal(Dictionary<string, string> entries, string name, Piece message)
    {
        string location = entries.GetValueOrDefault("location")
            ?? throw ProtoReader.Damaged(message.Source, $"tensor '{name}' is in another file, and no location says in which");
        return new TensorStorage.External(location, Number("offset") ?? 0, Number("length"));

        long? Number(string key) =>
            !entries.TryGetValue(key, out string? text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : throw ProtoReader.Damaged(message.Source, $"tensor '{name}' has the {key} '{text}', expected a number");
    }
}
