using RagChat.Chat;

namespace RagChat.Tests.Chat;

public sealed class ContentWordsTests
{
    [Theory]
    [InlineData("How long do refunds take?", "refunds|take")]
    [InlineData("Tell me about E04, the e04 error!", "tell|e04|error")]
    [InlineData("Größe in 5 GHz", "größe|5|ghz")]
    [InlineData("How is it?", "")]
    public void Of_Text_LeavesFunctionWordsOut(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', ContentWords.Of(text)));
    }

    [Theory]
    [InlineData("The error is E03", 0.25f)]
    [InlineData("See E04", 0.75f)]
    [InlineData("Error E04", 1f)]
    [InlineData("Nothing", 0f)]
    public void ShareIn_CodesAndNumbers_WeighMoreThanWords(string text, float expected)
    {
        Assert.Equal(expected, ContentWords.ShareIn(text, ["error", "e04"]));
    }

    [Fact]
    public void ShareIn_NoWords_IsNothing()
    {
        Assert.Equal(0, ContentWords.ShareIn("text", []));
    }
}
