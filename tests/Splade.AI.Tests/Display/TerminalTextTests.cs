using Splade.AI.Display;

namespace Splade.AI.Tests.Display;

public sealed class TerminalTextTests
{
    [Fact]
    public void Clean_EveryPlace_StaysWhereItIs()
    {
        const string Text = "a\e[1mb\r\nc\rd\te\u202Ef\u2028g\uD83Ch";
        string clean = TerminalText.Clean(Text);
        Assert.Equal("a\uFFFD[1mb \nc\nd e\uFFFDf\ng\uFFFDh", clean);
        Assert.Equal(Text.Length, clean.Length);
    }

    [Theory]
    [InlineData("\e]0;title\a", "\uFFFD]0;title\uFFFD")]
    [InlineData("\u009B2J\u0090q\u009C", "\uFFFD2J\uFFFDq\uFFFD")]
    [InlineData("one\r\ntwo\nthree\b\0", "one  two three\uFFFD\uFFFD")]
    [InlineData("\u2067left\u2069 \uFFFE\uFFFF", "\uFFFDleft\uFFFD \uFFFD\uFFFD")]
    [InlineData("Zürich 東京 👩\u200D🚀 می\u200Cخواهم", "Zürich 東京 👩\u200D🚀 می\u200Cخواهم")]
    public void CleanLine_Text_CommandsNothing(string text, string expected) => Assert.Equal(expected, TerminalText.CleanLine(text));
}
