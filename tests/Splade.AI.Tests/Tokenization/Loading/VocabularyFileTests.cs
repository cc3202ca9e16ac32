using System.Text.Json;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization.Loading;

/// <summary>Tokenizers of a <c>vocab.txt</c>, without a <c>tokenizer.json</c>.</summary>
public sealed class VocabularyFileTests : IDisposable
{
    private const string Tokens = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nÄra\nara\nar\n##a\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Models => new()
    {
        { Path.Combine(Repository.Models, "splade-tiny"), "tokens-stress.jsonl", """{"do_lower_case": true, "tokenizer_class": "BertTokenizer"}""" },
        { Path.Combine(Repository.Models, "splade-tiny"), "tokens-passages.jsonl", "{}" },
        { Path.Combine(Repository.TestData, "models", "random-bert-sum"), "random-bert-sum.jsonl", """{"do_lower_case": false}""" },
        {
            Path.Combine(Repository.TestData, "models", "random-distilbert-cased"), "random-distilbert-cased.jsonl",
            """{"do_lower_case": false, "tokenizer_class": "DistilBertTokenizer", "cls_token": {"content": "[CLS]", "normalized": false}}"""
        },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_VocabularyOfAModel_GivesTheSameTokens(string model, string reference, string config)
    {
        Tokenizer expected = Tokenizer.Load(Path.Combine(model, "tokenizer.json"));
        Tokenizer tokenizer = Load(string.Join('\n', expected.Vocabulary) + "\n", config);
        Assert.Equal(expected.Vocabulary, tokenizer.Vocabulary);
        Assert.Equal(expected.SpecialTokenIds, tokenizer.SpecialTokenIds);
        foreach (TokenReference line in TokenReference.Read(Path.Combine(Repository.TestData, "reference", reference)))
        {
            TokenizedText tokens = tokenizer.Encode(line.Text);
            Assert.Equal(line.Ids, tokens.Ids.ToArray());
            Assert.Equal(expected.Encode(line.Text).Offsets.ToArray(), tokens.Offsets.ToArray());
        }
    }

    [Theory]
    [InlineData("{}", "Ära", 6)]
    [InlineData("""{"do_lower_case": false}""", "Ära", 5)]
    [InlineData("""{"strip_accents": false}""", "Ära", 1)]
    [InlineData("""{"do_lower_case": true, "strip_accents": true}""", "ÄRA", 6)]
    public void Load_SettingsOfTheNormalizer_AreObeyed(string config, string text, int id) =>
        Assert.Equal([2, id, 3], Load(Tokens, config).Encode(text).Ids.ToArray());

    [Fact]
    public void Load_LinesThatEndAsOnWindows_AreTheSame() =>
        Assert.Equal([2, 6, 3], Load(Tokens.Replace("\n", "\r\n", StringComparison.Ordinal), "{}").Encode("ara").Ids.ToArray());

    [Theory]
    [InlineData("\uFEFF" + Tokens)]
    [InlineData(Tokens + "\n")]
    [InlineData(Tokens + "\r\n\n")]
    [InlineData("\uFEFF" + Tokens + "\n")]
    public void Load_ByteOrderMarkOrBlankLinesAtTheEnd_AreNoTokens(string vocabulary)
    {
        Tokenizer tokenizer = Load(vocabulary, "{}");
        Assert.Equal([2, 6, 3], tokenizer.Encode("ara").Ids.ToArray());
        Assert.Equal(9, tokenizer.Vocabulary.Count);
    }

    [Fact]
    public void Load_AddedTokensOfTheSettings_AreFound()
    {
        const string Added = """{"9": {"content": "[NEW]", "special": true}, "6": {"content": "ara", "special": false}}""";
        Tokenizer tokenizer = Load(Tokens, $"{{\"added_tokens_decoder\": {Added}}}");
        Assert.Equal([2, 9, 6, 3], tokenizer.Encode("[NEW]ara").Ids.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 9], tokenizer.SpecialTokenIds);
    }

    [Theory]
    [InlineData(Tokens + "ar\n", "{}", "Lines 8 and 10 are both 'ar'")]
    [InlineData("[PAD]\n[UNK]\n\n[CLS]\n", "{}", "Line 3 is blank, expected a token")]
    [InlineData("a\nb\n", "{}", "lacks '[PAD]', the model's pad_token")]
    [InlineData(Tokens, """{"unk_token": "[WHAT]"}""", "lacks '[WHAT]', the model's unk_token")]
    [InlineData(Tokens, """{"unk_token": 1}""", "'unk_token' is 1, expected a token")]
    [InlineData(Tokens, """{"do_lower_case": "no"}""", "'do_lower_case' is 'no', expected true or false")]
    [InlineData(Tokens, """{"tokenizer_class": "BertJapaneseTokenizer"}""", "expected BertTokenizer or DistilBertTokenizer")]
    [InlineData(Tokens, """{"tokenizer_class": 1}""", "'tokenizer_class' is 1, expected BertTokenizer or DistilBertTokenizer")]
    [InlineData(Tokens, """{"word_tokenizer_type": "mecab"}""", "'word_tokenizer_type' is 'mecab', expected 'basic'")]
    [InlineData(Tokens, """{"subword_tokenizer_type": "character"}""", "'subword_tokenizer_type' is 'character', expected 'wordpiece'")]
    [InlineData(Tokens, """{"mecab_kwargs": {"mecab_dic": "unidic_lite"}}""", "'mecab_kwargs' is {\"mecab_dic\": \"unidic_lite\"}, expected nothing")]
    [InlineData(Tokens, """{"sudachi_kwargs": {"sudachi_split_mode": "A"}}""", "'sudachi_kwargs' is")]
    [InlineData(Tokens, """{"jumanpp_kwargs": {"x": 1}}""", "'jumanpp_kwargs' is")]
    [InlineData(Tokens, """{"wordpieces_prefix": "@@"}""", "'wordpieces_prefix' is '@@', expected '##'")]
    [InlineData(Tokens, """{"added_tokens_decoder": {"x": {"content": "a"}}}""", "expected tokens by id")]
    public void Load_WhatIsNotSupported_IsRefused(string vocabulary, string config, string reason)
    {
        var e = Assert.Throws<SpladeModelException>(() => Load(vocabulary, config));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BertJapaneseTokenizer", "{}", "'tokenizer_class' is 'BertJapaneseTokenizer', expected BertTokenizer or DistilBertTokenizer")]
    [InlineData("BertJapaneseTokenizer", """{"tokenizer_class": "BertTokenizer"}""", null)]
    [InlineData("BertTokenizer", "{}", null)]
    public void Load_ClassOfTheModelsSettings_CountsWhereTheTokenizersNameNone(string name, string config, string? reason)
    {
        string file = _folder.Write("config.json", JsonSerializer.Serialize(new Dictionary<string, string> { ["tokenizer_class"] = name }));
        var e = Record.Exception(() => Load(Tokens, config)) as SpladeModelException;
        Assert.Equal(reason is null ? null : file, e?.Path);
        Assert.Contains(reason ?? "", e?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"cls_token": "[CLS]", "mask_token": {"content": "[MASK]", "lstrip": false}, "additional_special_tokens": ["[NEW]"]}""", null)]
    [InlineData("""{"cls_token": "[MASK]"}""", "'cls_token' is '[MASK]', expected '[CLS]'")]
    [InlineData("""{"sep_token": {"content": "ara"}}""", "'sep_token' is {\"content\": \"ara\"}, expected '[SEP]'")]
    [InlineData("""{"mask_token": {"content": "[MASK]", "lstrip": true}}""", "'mask_token' is {\"content\": \"[MASK]\", \"lstrip\": true}, expected '[MASK]'")]
    [InlineData("""{"mask_token": 1}""", "'mask_token' is 1, expected '[MASK]'")]
    [InlineData("""{"additional_special_tokens": ["[NEW]", "ara"]}""", "'additional_special_tokens' is [\"[NEW]\", \"ara\"], expected")]
    [InlineData("""{"bos_token": "ara"}""", "'bos_token' is 'ara', expected")]
    public void Load_SpecialTokensInAFileOfTheirOwn_MustAgree(string map, string? reason)
    {
        string file = _folder.Write("special_tokens_map.json", map);
        var e = Record.Exception(() => Load(Tokens, """{"added_tokens_decoder": {"9": {"content": "[NEW]"}}}""")) as SpladeModelException;
        Assert.Equal(reason is null ? null : file, e?.Path);
        Assert.Contains(reason ?? "", e?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AddedTokensInAFileOfTheirOwn_AreRefused()
    {
        _folder.Write("added_tokens.json", JsonSerializer.Serialize(new Dictionary<string, int> { ["[NEW]"] = 9 }));
        var e = Assert.Throws<SpladeModelException>(() => Load(Tokens, "{}"));
        Assert.Contains("Tokens are added to those of vocab.txt", e.Message, StringComparison.Ordinal);
    }

    private Tokenizer Load(string vocabulary, string config)
    {
        _folder.Write("tokenizer_config.json", config);
        return Tokenizer.Load(_folder.Write("vocab.txt", vocabulary));
    }
}
