using System.Text.RegularExpressions;
using Splade.AI.Tokenization;
using Splade.AI.Tokenization.Patterns;

namespace Splade.AI.Tests.Tokenization.Patterns;

/// <summary>The patterns equal the regular expressions that they take the place of, where .NET's agree with the reference's.</summary>
public sealed class PatternTests
{
    private const string Alphabet = "aabZé日1١½ \t\n\r\u00A0.,'!stmdrevl -\u0301";

    private static readonly Dictionary<string, Pattern> Patterns = new()
    {
        [@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"] = new Gpt2Pattern(),
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]
            = new Cl100kPattern(longestNumber: 3),
        [@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"]
            = new Cl100kPattern(longestNumber: 1),
        [@"\w+|[^\w\s]+"] = new WordPattern(),
        [@"\s+"] = new RunPattern(character: null, minimum: 1),
        [" {2,}"] = new RunPattern(' ', minimum: 2),
        [@"\p{N}"] = new ScalarPattern(ScalarTraits.Number),
        ["st"] = new LiteralPattern("st"),
    };

    public static TheoryData<string> Expressions => new(Patterns.Keys);

    [Theory]
    [MemberData(nameof(Expressions))]
    public void FindEnd_RandomTexts_EqualsTheExpression(string expression)
    {
        var random = new Random(1);
        var regex = new Regex(expression);
        for (int i = 0; i < 5000; i++)
        {
            string text = new(random.GetItems<char>(Alphabet, random.Next(1, 20)));
            IEnumerable<(int Start, int End)> expected = regex.Matches(text).Select(match => (match.Index, match.Index + match.Length));
            Assert.Equal(expected, Matches(Patterns[expression], text));
        }
    }

    private static List<(int Start, int End)> Matches(Pattern pattern, string text)
    {
        List<(int Start, int End)> matches = [];
        for (int at = 0; at < text.Length;)
        {
            int end = pattern.FindEnd(text, at, out bool isMatch);
            if (isMatch)
            {
                matches.Add((at, end));
            }

            at = end;
        }

        return matches;
    }
}
