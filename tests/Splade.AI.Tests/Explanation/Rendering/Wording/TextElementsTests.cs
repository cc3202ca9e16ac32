using Splade.AI.Explanation.Rendering.Wording;

namespace Splade.AI.Tests.Explanation.Rendering.Wording;

public sealed class TextElementsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("moon", 4)]
    [InlineData("中文", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("🌊", 1)]
    [InlineData("👩‍🚀", 1)]
    [InlineData("🇮🇳", 1)]
    [InlineData("❤\uFE0F", 1)]
    [InlineData("שלום", 4)]
    public void Count_Text_CountsWhatPeopleSee(string text, int characters) => Assert.Equal(characters, TextElements.Count(text));

    [Theory]
    [InlineData("moonlight", 9, "moonlight")]
    [InlineData("moonlight", 8, "moonlig…")]
    [InlineData("中文中文", 4, "中文中文")]
    [InlineData("中文中文", 3, "中文…")]
    [InlineData("a b c", 3, "a…")]
    [InlineData("👩‍🚀👩‍🚀👩‍🚀", 2, "👩‍🚀…")]
    public void Fit_Text_IsCutBetweenCharacters(string text, int characters, string expected) => Assert.Equal(expected, TextElements.Fit(text, characters));
}
