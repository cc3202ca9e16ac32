namespace Splade.AI.OnnxGraph;

/// <summary>Writes what exporters write in ways of their own in those that ONNX Runtime makes one step of.</summary>
internal sealed class FusiblePatterns
{
    private readonly OnnxFile _file;
    private readonly GraphEdit _edit;
    private readonly ILookup<string, OnnxNode> _uses;
    private readonly HashSet<string> _outputs;
    private readonly Dictionary<string, string> _finiteMasks = [];
    private readonly GeluFinder _gelu;

    private FusiblePatterns(OnnxFile file, GraphEdit edit)
    {
        _file = file;
        _edit = edit;
        _uses = file.Nodes.SelectMany(n => n.Inputs.Concat(n.Captured).Distinct().Select(i => (Value: i, Node: n))).ToLookup(u => u.Value, u => u.Node);
        _gelu = new GeluFinder(file);
        _outputs = [.. file.Outputs.Select(o => o.Name)];
    }

    /// <returns>How many places were changed.</returns>
    public static int Apply(OnnxFile file, GraphEdit edit)
    {
        var patterns = new FusiblePatterns(file, edit);
        return file.Nodes.Count(n => n.Is("Erf") ? patterns.OrderGelu(n) : n.Is("IsNaN") && patterns.DropGuard(n));
    }

    /// <summary>x (½ (1 + erf(x / √2))) as (x (1 + erf(x / √2))) ½: the same number, since a half only moves the exponent.</summary>
    private bool OrderGelu(OnnxNode erf)
    {
        if (SoleUse(erf.Outputs[0]) is not OnnxNode sum || SoleUse(sum.Outputs[0]) is not OnnxNode halved
            || SoleUse(halved.Outputs[0]) is not OnnxNode product || _gelu.FindHalvedFirst(product) is not (string x, string half, string rest) || rest != sum.Outputs[0])
        {
            return false;
        }

        _edit.Replace(product);
        _edit.New.NodeGiving(product.Outputs[0], "Mul", [_edit.New.Node("Mul", [x, rest]), half]);
        return true;
    }

    /// <summary>A softmax whose NaN is made 0, because a token that may look nowhere has minus infinity everywhere.</summary>
    /// <remarks>
    /// With the least float in place of minus infinity there is no NaN to look for. A token that may look somewhere gets the same numbers: the
    /// least float is as far below all of them. The others are padding, at which nobody looks.
    /// </remarks>
    private bool DropGuard(OnnxNode isNaN)
    {
        string attention = isNaN.Inputs[0];
        if (SoleUse(isNaN.Outputs[0]) is not OnnxNode guard || !guard.Is("Where") || guard.Inputs[0] != isNaN.Outputs[0] || guard.Inputs[2] != attention
            || _file.Producer(attention) is not OnnxNode softmax || !softmax.Is("Softmax")
            || _file.Producer(softmax.Inputs[0]) is not OnnxNode { Inputs: [string first, string second] } sum || !sum.Is("Add")
            || SoleUse(sum.Outputs[0]) != softmax)
        {
            return false;
        }

        (string scores, string? mask) = FiniteMask(second) is string m ? (first, m) : (second, FiniteMask(first));
        if (mask is null)
        {
            return false;
        }

        _edit.Replace(sum);
        _edit.New.NodeGiving(sum.Outputs[0], "Add", [scores, mask]);
        _edit.Replace(guard);
        _edit.New.NodeGiving(guard.Outputs[0], "Identity", [attention]);
        return true;
    }

    /// <summary>A mask of two numbers, with the least float in place of minus infinity; null if the value is none.</summary>
    private string? FiniteMask(string value)
    {
        if (!_finiteMasks.TryGetValue(value, out string? mask)
            && _file.Producer(value) is OnnxNode { Inputs: [string condition, string then, string otherwise] } node && node.Is("Where")
            && Scalar(then) is float first && Scalar(otherwise) is float second)
        {
            mask = (first, second) switch
            {
                (0, float.NegativeInfinity) => _edit.New.Node("Where", [condition, then, Least()]),
                (float.NegativeInfinity, 0) => _edit.New.Node("Where", [condition, Least(), otherwise]),
                _ => float.IsFinite(first) && float.IsFinite(second) ? value : null,
            };
            if (mask is not null)
            {
                _finiteMasks.Add(value, mask);
            }
        }

        return mask;
    }

    private string Least() => _edit.New.Floats("least", [], [float.MinValue]);

    private OnnxNode? SoleUse(string value) => !_outputs.Contains(value) && _uses[value].Take(2).ToArray() is [OnnxNode node] ? node : null;

    private float? Scalar(string value) => TensorReader.ReadScalar(_file, value);
}
