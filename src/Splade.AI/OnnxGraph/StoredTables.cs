namespace Splade.AI.OnnxGraph;

/// <summary>Scales the rows of tables that are stored in bytes when they are looked up, where a graph scales the whole table first: the same numbers.</summary>
/// <remarks>
/// ONNX Runtime would compute the table of floats when it loads the file, by way of another one: of 30,000 words and 384 numbers twice 47 MB that
/// the system hands out page by page, most of what loading takes.
/// </remarks>
internal static class StoredTables
{
    /// <returns>How many look-ups were changed.</returns>
    public static int Apply(OnnxFile file, GraphEdit edit) => file.Nodes.Count(node => ScaleLookedUp(file, edit, node));

    private static bool ScaleLookedUp(OnnxFile file, GraphEdit edit, OnnxNode lookUp)
    {
        if (!lookUp.Is("Gather") || lookUp.Int("axis", 0) != 0 || lookUp.Inputs is not [string table, string ids]
            || file.Producer(table) is not { Inputs: [string first, string second] } scaled
            || !scaled.Is("Mul") || (Find(file, first, second) ?? Find(file, second, first)) is not (string bytes, string scale, bool isOfRows))
        {
            return false;
        }

        string row = edit.New.Node("Cast", [edit.New.Node("Gather", [bytes, ids])], NodeAttribute.Int("to", (int)OnnxElementType.Float));
        edit.Replace(lookUp);
        edit.New.NodeGiving(lookUp.Outputs[0], "Mul", [row, isOfRows ? edit.New.Node("Gather", [scale, ids]) : Flat(file, edit, scale)]);
        return true;
    }

    // A single row has one axis, and must not get another one from its scale.
    private static string Flat(OnnxFile file, GraphEdit edit, string scale) =>
        file.Constant(scale)!.Dimensions.Count < 2 ? scale : edit.New.Node("Reshape", [scale, edit.New.Integers(-1)]);

    private static (string Bytes, string Scale, bool IsOfRows)? Find(OnnxFile file, string table, string scale) =>
        file.Producer(table) is { Inputs: [string bytes] } cast && cast.Is("Cast") && cast.Int("to", 0) == (long)OnnxElementType.Float
        && file.Constant(bytes) is { Type: OnnxElementType.Int8 or OnnxElementType.UInt8, Dimensions: [long rows, long columns] }
        && file.Constant(scale) is { Type: OnnxElementType.Float } factors
            ? factors.Dimensions switch
            {
                [] or [1] or [1, 1] => (bytes, scale, false),
                [var n] when n == columns => (bytes, scale, false),
                [1, var n] when n == columns => (bytes, scale, false),
                [var n, 1] when n == rows => (bytes, scale, true),
                _ => null,
            }
            : null;
}
