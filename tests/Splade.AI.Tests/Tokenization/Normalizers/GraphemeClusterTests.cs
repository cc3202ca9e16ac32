using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tests.Tokenization.Normalizers;

public sealed class GraphemeClusterTests
{
    [Theory]
    [InlineData("\r\n|\n|\r|a")]
    [InlineData("a|b\u0301\u0323|c")]
    [InlineData("\u0001|\u0301|a")]
    [InlineData("\u1100\u1161\u11A8|\uAC00\u11A8|\uAC01\u11A8|\uAC01|\u1161")]
    [InlineData("\U0001F1E9\U0001F1EA|\U0001F1EB\U0001F1F7|\U0001F1EB")]
    [InlineData("👩\u200D👩\u200D👧|😀|❤\uFE0F")]
    [InlineData("a\u200D|😀")]
    [InlineData("😀\u200D\u200D|😀")]
    [InlineData("\u0915\u094D\u0937\u093F|\u0915|\u0937")]
    [InlineData("\u0915\u200C\u094D|\u0937")]
    [InlineData("\u0600a|b")]
    public void FindEnd_Text_EndsWhereTheAnnexSays(string clusters)
    {
        string text = clusters.Replace("|", "", StringComparison.Ordinal);
        List<string> found = [];
        for (int at = 0; at < text.Length;)
        {
            int end = GraphemeCluster.FindEnd(text, at);
            found.Add(text[at..end]);
            at = end;
        }

        Assert.Equal(clusters.Split('|'), found);
    }
}
