using Splade.AI.Explanation.Rendering.Terminal;

namespace Splade.AI.Tests.Explanation.Rendering.Terminal;

public sealed class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("moon", 4)]
    [InlineData("中文", 4)]
    [InlineData("한국어", 6)]
    [InlineData("ｆ", 2)]
    [InlineData("e\u0301", 1)]
    [InlineData("\u0301", 0)]
    [InlineData("\u200B", 0)]
    [InlineData("🌊", 2)]
    [InlineData("👩‍🚀", 2)]
    [InlineData("🇮🇳", 2)]
    [InlineData("❤\uFE0F", 2)]
    [InlineData("שלום", 4)]
    public void Of_Text_CountsCells(string text, int cells) => Assert.Equal(cells, CellWidth.Of(text));

    [Theory]
    [InlineData("moonlight", 9, "moonlight")]
    [InlineData("moonlight", 8, "moonlig…")]
    [InlineData("中文中文", 8, "中文中文")]
    [InlineData("中文中文", 7, "中文中…")]
    [InlineData("中文中文", 6, "中文…")]
    [InlineData("a b c", 3, "a…")]
    [InlineData("👩‍🚀👩‍🚀", 3, "👩‍🚀…")]
    public void Fit_Text_IsCutBetweenCharacters(string text, int cells, string expected) => Assert.Equal(expected, CellWidth.Fit(text, cells));

    [Theory]
    [InlineData(1, 1, "████████")]
    [InlineData(0.5, 1, "████")]
    [InlineData(0.0625, 1, "▌")]
    [InlineData(0.0001, 1, "")]
    [InlineData(0, 0, "")]
    [InlineData(2, 1, "████████")]
    public void Bar_OfAPart_HasItsLength(double part, double largest, string expected) => Assert.Equal(expected, Bar.Of(part, largest));
}
