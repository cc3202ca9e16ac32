namespace Splade.AI.OnnxGraph;

/// <summary>Writes products in small integers with a scale for each token: what a token gives does not depend on the others.</summary>
/// <remarks>
/// Weights have 8 bits and a scale for each column, as in LLM.int8() (Dettmers et al., 2022); inputs have 7, so that processors without VNNI,
/// which add two products in 16 bits, need not saturate. What GELU gives is never below -0.17: that is added before, and what it adds to the
/// product is taken off behind, so that no bit is spent on the sign.
/// </remarks>
internal sealed class TokenQuantiser(OnnxFile file, GraphEdit edit)
{
    private const int Levels = 127;

    /// <summary>ReduceMax takes its axes as an input since this version.</summary>
    private const int AxesAreInputSince = 18;

    private readonly GeluFinder _gelu = new(file);

    // Products with the same input, such as those for queries, keys and values, share its integers.
    private readonly Dictionary<string, TokenIntegers> _inputs = [];
    private readonly QuantisedWeights _weights = new(file, edit, QuantisedMatrix.LargestBesideSevenBits);
    private readonly Dictionary<float, string> _floats = [];

    public void Quantise(IEnumerable<WeightProduct> products)
    {
        foreach (WeightProduct product in products)
        {
            Quantise(product);
        }
    }

    private void Quantise(WeightProduct product)
    {
        GraphBuilder graph = edit.New;
        TokenIntegers input = Input(product.Input);
        (QuantisedMatrix matrix, string weight, string weightScales) = _weights.Find(product);
        string sums = graph.Node("MatMulInteger", [input.Values, weight, input.Zero, _weights.Zero]);
        string floats = graph.Node("Cast", [sums], NodeAttribute.Int("to", (int)OnnxElementType.Float));
        string[] scaled = [graph.Node("Mul", [floats, weightScales]), input.Scales];
        string?[] added = [product.Bias, input.Shift > 0 ? graph.Floats("shift", [product.Columns], Shifted(matrix, input.Shift)) : null];
        string[] terms = [.. added.OfType<string>()];
        edit.Replace(product.Node);
        if (terms.Length == 0)
        {
            graph.NodeGiving(product.Output, "Mul", scaled);
            return;
        }

        string sum = graph.Node("Mul", scaled);
        graph.NodeGiving(product.Output, "Add", [terms.Length == 1 ? sum : graph.Node("Add", [sum, terms[1]]), terms[0]]);
    }

    private TokenIntegers Input(string value)
    {
        if (!_inputs.TryGetValue(value, out TokenIntegers found))
        {
            GraphBuilder graph = edit.New;
            bool isPositive = _gelu.Gives(value);
            string shifted = isPositive ? graph.Node("Add", [value, Float(GeluFinder.Lowest)]) : value;
            string largest = Largest(isPositive ? shifted : graph.Node("Abs", [value]));

            // A token of zeros gets a scale too, so that nothing is divided by zero.
            int levels = isPositive ? Levels : Levels / 2;
            string scales = graph.Node("Mul", [graph.Node("Max", [largest, Float(1e-30f)]), Float(1f / levels)]);
            string zero = graph.Constant("token_zero", OnnxElementType.UInt8, [], [(byte)(isPositive ? 0 : Levels - levels)]);
            string integers = graph.Node("QuantizeLinear", [graph.Node("Div", [shifted, scales]), Float(1), zero]);
            found = new TokenIntegers(integers, scales, zero, isPositive ? GeluFinder.Lowest : 0);
            _inputs.Add(value, found);
        }

        return found;
    }

    private string Largest(string value) => file.Opset >= AxesAreInputSince
        ? edit.New.Node("ReduceMax", [value, edit.New.Integers(-1)])
        : edit.New.Node("ReduceMax", [value], NodeAttribute.Ints("axes", -1));

    private static float[] Shifted(QuantisedMatrix matrix, float shift) => Array.ConvertAll(matrix.SumColumns(), sum => -shift * sum);

    private string Float(float number)
    {
        if (!_floats.TryGetValue(number, out string? name))
        {
            name = edit.New.Floats("float", [], [number]);
            _floats.Add(number, name);
        }

        return name;
    }

    /// <summary>An input in integers: a token's numbers are (values - zero) * scale - shift.</summary>
    private readonly record struct TokenIntegers(string Values, string Scales, string Zero, float Shift);
}
