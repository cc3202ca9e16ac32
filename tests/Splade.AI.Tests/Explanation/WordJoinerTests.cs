using Splade.AI.Explanation;

namespace Splade.AI.Tests.Explanation;

/// <summary>Tokens whose vocabulary does not say what continues a word are put together by the characters of the text.</summary>
public sealed class WordJoinerTests
{
    [Theory]
    [InlineData("naïve re\u0301sume\u0301", "naïve", "re\u0301sume\u0301")]
    [InlineData("привет, мир", "привет", ",", "мир")]
    [InlineData("東京タ", "東", "京", "タ")]
    [InlineData("か\u3099く", "か\u3099", "く")]
    [InlineData("กินข้าว", "กิ", "น", "ข้", "า", "ว")]
    [InlineData("ກິນ", "ກິ", "ນ")]
    [InlineData("ទឹក", "ទឹ", "ក")]
    public async Task Words_OfBytes_FollowTheScript(string text, params string[] words)
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(FixtureModels.Folder("random-roberta-bpe"));
        TextExplanation explanation = engine.Explain(new SparseVector([], [], engine.Vocabulary.Count), text);
        Assert.Equal(words, explanation.Words.Select(w => w.Text));
    }
}
