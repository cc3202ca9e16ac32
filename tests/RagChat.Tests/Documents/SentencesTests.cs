using RagChat.Documents;

namespace RagChat.Tests.Documents;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("It takes 5 days. Then we write.", "It takes 5 days.|Then we write.")]
    [InlineData("It weighs 8.4 kg. See No. 5, e.g. Fig. 2 or approx. 3.", "It weighs 8.4 kg.|See No. 5, e.g. Fig.|2 or approx. 3.")]
    [InlineData("1. Sign in. Then print.", "1. Sign in.|Then print.")]
    [InlineData("He said \"Stop.\" Then he left. (Or not.)", "He said \"Stop.\"|Then he left.|(Or not.)")]
    [InlineData("- one\n- two", "- one|- two")]
    [InlineData("今日は晴れ。明日は雨。", "今日は晴れ。|明日は雨。")]
    [InlineData("  \n ", "")]
    public void Of_Text_GivesItsSentences(string text, string expected)
    {
        Assert.Equal(expected, string.Join('|', Sentences.Of(text)));
    }
}
