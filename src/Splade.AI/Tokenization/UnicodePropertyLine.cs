using System.Diagnostics;

namespace Splade.AI.Tokenization;

/// <summary>A line of <c>UnicodeProperties.txt</c>: scalars, <c>FIRST[-LAST][/STEP]</c>, and what follows after a space.</summary>
/// <remarks>Digits are read here, one by one: the first tokenizer of a process waits for it, and the framework's ways are compiled first.</remarks>
internal readonly ref struct UnicodePropertyLine
{
    public UnicodePropertyLine(ReadOnlySpan<char> line)
    {
        First = TakeHexadecimal(ref line);
        Last = TryTake('-', ref line) ? TakeHexadecimal(ref line) : First;
        Step = TryTake('/', ref line) ? TakeHexadecimal(ref line) : 1;
        Value = TryTake(' ', ref line) ? line : [];
        Debug.Assert(!Value.IsEmpty || line.IsEmpty, "Every line is understood to its end.");
    }

    public int First { get; }

    public int Last { get; }

    public int Step { get; }

    public ReadOnlySpan<char> Value { get; }

    /// <summary>What follows, as one decimal number, with a sign or without.</summary>
    public int Number
    {
        get
        {
            int number = 0;
            foreach (char digit in Value.TrimStart("+-"))
            {
                number = (number * 10) + digit - '0';
            }

            return Value[0] == '-' ? -number : number;
        }
    }

    /// <summary>What follows, as scalars.</summary>
    public int[] Scalars
    {
        get
        {
            var scalars = new int[Value.Count(' ') + 1];
            ReadOnlySpan<char> rest = Value;
            for (int i = 0; i < scalars.Length; i++)
            {
                scalars[i] = TakeHexadecimal(ref rest);
                TryTake(' ', ref rest);
            }

            return scalars;
        }
    }

    private static bool TryTake(char expected, ref ReadOnlySpan<char> rest)
    {
        bool found = rest.Length > 0 && rest[0] == expected;
        rest = found ? rest[1..] : rest;
        return found;
    }

    private static int TakeHexadecimal(ref ReadOnlySpan<char> rest)
    {
        int number = 0;
        int length = 0;
        for (; length < rest.Length && char.IsAsciiHexDigit(rest[length]); length++)
        {
            number = (number << 4) + (rest[length] <= '9' ? rest[length] - '0' : rest[length] - 'A' + 10);
        }

        rest = rest[length..];
        return number;
    }
}
