using System.Globalization;

namespace Splade.AI.Policy;

/// <summary>What the numbers and words of a policy may be, whether they come from code or from a file.</summary>
internal static class PolicyLimits
{
    // Weights of SPLADE models lie between 0 and about 5. Far outside of these limits a number is a slip.
    private const double Least = 0.001;
    private const double Most = 1000;

    /// <summary>What is wrong with a factor or a weight; null if nothing is.</summary>
    public static string? FindProblem(double number) =>
        number is >= Least and <= Most ? null
        : number == 0 ? $"Found 0, expected a number from {Text(Least)} to {Text(Most)}. To take a term out, ban it"
        : $"Found {Text(number)}, expected a number from {Text(Least)} to {Text(Most)}";

    /// <summary>What is wrong with a term, a token or a name; null if nothing is.</summary>
    public static string? FindProblem(string? text) => string.IsNullOrWhiteSpace(text) ? "Found a blank text, expected a word" : null;

    /// <summary>The number as every culture writes it in a program.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentOutOfRangeException">The number is outside of the limits.</exception>
    public static double Check(double number, string parameter) =>
        FindProblem(number) is string problem ? throw new ArgumentOutOfRangeException(parameter, $"{problem}.") : number;

    /// <summary>A copy of the texts.</summary>
    /// <exception cref="ArgumentException">A text is null or blank; the message has its position.</exception>
    public static IReadOnlyList<string> Check(IEnumerable<string> texts, string parameter)
    {
        ArgumentNullException.ThrowIfNull(texts, parameter);
        string[] all = [.. texts];
        int wrong = Array.FindIndex(all, text => FindProblem(text) is not null);
        return wrong < 0 ? Array.AsReadOnly(all) : throw new ArgumentException($"{FindProblem(all[wrong])}, at position {wrong}.", parameter);
    }
}
