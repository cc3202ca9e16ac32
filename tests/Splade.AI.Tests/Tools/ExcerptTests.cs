using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class ExcerptTests
{
    [Fact]
    public void Around_ShortText_IsAllOfIt() => Assert.Equal("The moon.", Excerpt.Around("The moon.", 4, 9));

    [Theory]
    [InlineData(0, "one two…")]
    [InlineData(8, "…three four…")]
    [InlineData(19, "…four five")]
    public void Around_LongText_IsCutBetweenWords(int at, string expected) => Assert.Equal(expected, Excerpt.Around("one two three four five", at, 11));

    [Theory]
    [InlineData("moon", 9, "moon")]
    [InlineData("moon", 2, "mo")]
    [InlineData("a😀b", 2, "a")]
    [InlineData("a😀b", 3, "a😀")]
    public void Head_Text_EndsWithAWholeCharacter(string text, int length, string expected) => Assert.Equal(expected, Excerpt.Head(text, length));

    [Fact]
    public void Around_GeneratedTexts_HasThePlaceWithinTheLengthInWholeCharacters()
    {
        var random = new Random(23);
        for (int i = 0; i < 2_000; i++)
        {
            // Each word is there once, so that a part says where it is from.
            string[] words = [.. Enumerable.Range(0, random.Next(1, 40)).Select(n => $"{n}{(random.Next(3) == 0 ? "😀" : "w")}{new string('x', random.Next(30))}{n}")];
            string text = string.Join(' ', words);
            int at = random.Next(text.Length), length = random.Next(1, 200);
            while (text[at] == ' ')
            {
                at--;
            }

            string part = Excerpt.Around(text, at, length);
            string bare = part.Trim('…');

            Assert.Contains(bare, text, StringComparison.Ordinal);
            Assert.InRange(bare.Length, 0, length);
            Assert.DoesNotContain('\uFFFD', part);
            Assert.Equal(bare.Length < text.Length, part.Length > bare.Length);
            if (length > 4)
            {
                Assert.True(Occurrences(text, bare).Any(s => s <= at && at <= s + bare.Length), $"'{part}' lacks place {at} of '{text}'.");
            }
        }
    }

    private static IEnumerable<int> Occurrences(string text, string part)
    {
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
