using Splade.AI.Tests.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Tokens as people write them, for each way that vocabularies write them.</summary>
public sealed class ReadableTextTests
{
    [Theory]
    [InlineData("##ya", "ya")]
    [InlineData("moon", "moon")]
    [InlineData("[CLS]", "[CLS]")]
    [InlineData("#", "#")]
    public void ReadableText_WordPiece_LosesItsMark(string token, string text)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(EngineFixture.ModelFolder, "tokenizer.json"));
        Assert.True(tokenizer.Vocabulary.TryGetId(token, out int id));
        Assert.Equal(text, tokenizer.ReadableText(id));
        Assert.Equal(text != token, tokenizer.ContinuesWord(id));
    }

    [Theory]
    [InlineData("random-roberta-bpe")]
    [InlineData("random-modernbert-bpe")]
    public void ReadableText_ByteLevel_IsTheTextThatWasRead(string model)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(FixtureModels.Folder(model), "tokenizer.json"));
        foreach (string text in (string[])["the moon and the ocean", "Café\tnaïve", "日本", "a b"])
        {
            var plain = new TokenizationOptions { AddSpecialTokens = false };
            string[] tokens = [.. tokenizer.Encode(text, plain).Ids.ToArray().Select(tokenizer.ReadableText)];
            byte[] bytes = [.. tokens.SelectMany(Bytes)];
            Assert.Equal(WithoutSpaces(text), WithoutSpaces(System.Text.Encoding.UTF8.GetString(bytes)));
        }
    }

    [Theory]
    [InlineData("random-roberta-bpe", "the moon and the ocean: Café\tnaïve 日本 안 ½ 🪐", "the moon and the ocean: Café\tnaïve 日本 안 ½ 🪐")]
    [InlineData("random-modernbert-bpe", " a  b", "a  b")]
    [InlineData("random-xlmr-unigram", "the moon and the ocean", "the moon and the ocean")]
    [InlineData("random-bert-sum", "The  moon, [SEP] and the ocean", "The moon , and the ocean")]
    public void Decode_IdsOfAText_GiveItBackAsFarAsTheyTell(string model, string text, string expected)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(FixtureModels.Folder(model), "tokenizer.json"));
        Assert.Equal(expected, tokenizer.Decode(tokenizer.Encode(text).Ids.ToArray()));
    }

    [Fact]
    public void Decode_HalfACharacterOrNothing_IsNoError()
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(FixtureModels.Folder("random-roberta-bpe"), "tokenizer.json"));
        int[] ids = tokenizer.Encode("안", new TokenizationOptions { AddSpecialTokens = false }).Ids.ToArray();
        Assert.Equal("\uFFFD", tokenizer.Decode(ids.Take(2)));
        Assert.Equal("", tokenizer.Decode([]));
        Assert.Throws<ArgumentNullException>("ids", () => tokenizer.Decode(null!));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => tokenizer.Decode([-1]));
    }

    [Fact]
    public void ReadableText_BytesOfHalfACharacter_AreWrittenAsBytes()
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(FixtureModels.Folder("random-roberta-bpe"), "tokenizer.json"));
        int[] ids = tokenizer.Encode("안", new TokenizationOptions { AddSpecialTokens = false }).Ids.ToArray();
        Assert.Equal(["<0xEC>", "<0x95>", "<0x88>"], ids.Select(tokenizer.ReadableText));
        Assert.All(ids, id => Assert.Null(tokenizer.ContinuesWord(id)));
    }

    [Fact]
    public void ReadableText_Unigram_LosesTheMarkOfTheSpace()
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(FixtureModels.Folder("random-xlmr-unigram"), "tokenizer.json"));
        Assert.All(
            tokenizer.Vocabulary.Select((token, id) => (token, id)).Where(t => t.token.StartsWith('▁') && t.token.Length > 1),
            t => Assert.Equal(t.token[1..].Replace('▁', ' '), tokenizer.ReadableText(t.id)));
        Assert.True(tokenizer.Vocabulary.TryGetId("▁", out int bare));
        Assert.Equal(" ", tokenizer.ReadableText(bare));
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.ReadableText(tokenizer.Vocabulary.Count));
    }

    private static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);

    // A byte that is no text is written as <0xE2>.
    private static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (int at = 0; at < text.Length;)
        {
            if (text.AsSpan(at).StartsWith("<0x"))
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 3, 2), 16));
                at += 6;
            }
            else
            {
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes(text[at..(at + 1)]));
                at++;
            }
        }

        return [.. bytes];
    }
}
