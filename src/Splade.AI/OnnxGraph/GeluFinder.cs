namespace Splade.AI.OnnxGraph;

/// <summary>Recognises the activation GELU (Hendrycks and Gimpel, 2016), x ½ (1 + erf(x / √2)), in the orders in which exporters multiply.</summary>
internal sealed class GeluFinder(OnnxFile file)
{
    /// <summary>No number that it gives is below minus this.</summary>
    public const float Lowest = 0.17f;

    /// <summary>Whether a value is what GELU gives.</summary>
    public bool Gives(string value) => file.Producer(value) is OnnxNode node && (node.Is("Gelu") || node.IsOfRuntime("Gelu") || IsProduct(node));

    /// <summary>The parts of x (½ sum): what is taken, the half, and 1 + erf(x / √2); null for a node that is no such product.</summary>
    public (string X, string Half, string Sum)? FindHalvedFirst(OnnxNode product)
    {
        foreach ((string first, string x) in Factors(product))
        {
            if (SplitHalf(first) is (string half, string sum) && IsSum(sum, x))
            {
                return (x, half, sum);
            }
        }

        return null;
    }

    private bool IsProduct(OnnxNode node) =>
        FindHalvedFirst(node) is not null
        || Factors(node).Any(f => SplitHalf(f.First) is (_, string x) && IsSum(f.Second, x))
        || (SplitHalf(node) is (_, string product) && file.Producer(product) is OnnxNode inner && Factors(inner).Any(f => IsSum(f.First, f.Second)));

    private (string Half, string Other)? SplitHalf(string value) => file.Producer(value) is OnnxNode node ? SplitHalf(node) : null;

    private (string Half, string Other)? SplitHalf(OnnxNode node)
    {
        foreach ((string first, string second) in Factors(node))
        {
            if (TensorReader.ReadScalar(file, first) == 0.5f)
            {
                return (first, second);
            }
        }

        return null;
    }

    private bool IsSum(string value, string x) =>
        file.Producer(value) is { Inputs: [string first, string second] } sum && sum.Is("Add")
        && (TensorReader.ReadScalar(file, second) == 1 ? first : TensorReader.ReadScalar(file, first) == 1 ? second : null) is string erf
        && file.Producer(erf) is { Inputs: [string divided] } node && node.Is("Erf") && IsDivided(divided, x);

    private bool IsDivided(string value, string x) => file.Producer(value) is { Inputs: [string first, string second] } node
        && ((node.Is("Div") && first == x && IsNear(second, float.Sqrt(2)))
            || (node.Is("Mul") && ((first == x && IsNear(second, float.Sqrt(0.5f))) || (second == x && IsNear(first, float.Sqrt(0.5f))))));

    private bool IsNear(string value, float wanted) => TensorReader.ReadScalar(file, value) is float found && MathF.Abs(found - wanted) < 1e-3f;

    private static IEnumerable<(string First, string Second)> Factors(OnnxNode node) =>
        node.Is("Mul") && node.Inputs is [string first, string second] ? [(first, second), (second, first)] : [];
}
