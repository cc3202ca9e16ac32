namespace Splade.AI.OnnxGraph;

/// <summary>Follows a value back to the constant it comes from.</summary>
internal static class ConstantFinder
{
    /// <summary>The constant behind a value, through Identity, Cast and the transposition of a matrix; null if there is none.</summary>
    public static DecoderConstant? Find(OnnxFile file, string value)
    {
        bool transposed = false;
        OnnxElementType? type = null;
        var seen = new HashSet<string>();
        while (seen.Add(value))
        {
            if (file.Constant(value) is OnnxTensor tensor)
            {
                return new DecoderConstant(value, tensor, transposed, type ?? tensor.Type);
            }

            if (file.Producer(value) is not { Inputs: [string input, ..] } node)
            {
                return null;
            }

            if (node.Is("Cast"))
            {
                type ??= (OnnxElementType)node.Int("to", 0);
            }
            else if (IsTransposition(node))
            {
                transposed = !transposed;
            }
            else if (!node.Is("Identity"))
            {
                return null;
            }

            value = input;
        }

        return null;
    }

    private static bool IsTransposition(OnnxNode node) =>
        node.Is("Transpose") && node.Attributes.GetValueOrDefault("perm")?.Ints is [1, 0] or null;
}
