using System.Text.RegularExpressions;
using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

public sealed class WildcardPatternTests
{
    [Theory]
    [InlineData("##*", "##ing", true)]
    [InlineData("##*", "##", true)]
    [InlineData("##*", "#ing", false)]
    [InlineData("*ing", "ring", true)]
    [InlineData("*ing", "rings", false)]
    [InlineData("c*r", "car", true)]
    [InlineData("c*r", "Car", false)]
    [InlineData("a?*", "ab", false)]
    [InlineData("a?*", "a?b", true)]
    [InlineData("a.*", "abc", false)]
    public void Matches_KnownCases_AsWritten(string pattern, string token, bool expected) => Assert.Equal(expected, WildcardPattern.Matches(pattern, token));

    [Fact]
    public void Matches_GeneratedPatterns_EqualsARegularExpression()
    {
        var random = new Random(1);
        for (int round = 0; round < 5000; round++)
        {
            string pattern = new(random.GetItems("ab*".AsSpan(), random.Next(0, 8)));
            string text = new(random.GetItems("ab".AsSpan(), random.Next(0, 10)));
            bool expected = Regex.IsMatch(text, $"\\A{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}\\z");
            Assert.True(expected == WildcardPattern.Matches(pattern, text), $"{pattern} on {text}: expected {expected}");
        }
    }
}
