using System.Globalization;

namespace Splade.AI.Tokenization;

/// <summary>A line of <c>UnicodeProperties.txt</c>: scalars, <c>FIRST[-LAST][/STEP]</c>, and what follows after a space.</summary>
internal readonly record struct UnicodePropertyLine(int First, int Last, int Step, string Value)
{
    /// <summary>What follows, as one decimal number.</summary>
    public int Number => int.Parse(Value, CultureInfo.InvariantCulture);

    /// <summary>What follows, as scalars.</summary>
    public int[] Scalars => [.. Value.Split(' ').Select(scalar => Hexadecimal(scalar))];

    public static UnicodePropertyLine Parse(string line)
    {
        string[] scalarsAndValue = line.Split(' ', 2);
        string[] rangeAndStep = scalarsAndValue[0].Split('/');
        string[] ends = rangeAndStep[0].Split('-');
        return new UnicodePropertyLine(
            Hexadecimal(ends[0]),
            Hexadecimal(ends[^1]),
            rangeAndStep.Length == 1 ? 1 : Hexadecimal(rangeAndStep[1]),
            scalarsAndValue.Length == 1 ? "" : scalarsAndValue[1]);
    }

    private static int Hexadecimal(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
