using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>The fast tokenizers equal the obvious ones on generated texts.</summary>
public sealed class PlainTokenizerTests
{
    private static readonly int Texts = Trials.Of(250, slow: 2000);

    private static readonly string CasedPath = TokenizerVariant.PathOf("random-distilbert-cased");
    private static readonly string RobertaPath = TokenizerVariant.PathOf("random-roberta-bpe");
    private static readonly string XlmRobertaPath = TokenizerVariant.PathOf("random-xlmr-unigram");

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Encode_WordPiece_EqualsPlain(bool lowercase, bool specialTokensInText)
    {
        Tokenizer tokenizer = Tokenizer.Load(lowercase ? TokenizerVariant.SpladeTinyPath : CasedPath);
        AssertEqual(tokenizer, new PlainWordPiece(tokenizer.Vocabulary, lowercase), specialTokensInText);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_ByteLevelBpe_EqualsPlain(bool specialTokensInText) =>
        AssertEqual(Tokenizer.Load(RobertaPath), new PlainByteBpe(RobertaPath), specialTokensInText);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_Unigram_EqualsPlain(bool specialTokensInText) => AssertEqual(
        TokenizerVariant.Load(json => json["normalizer"] = null, XlmRobertaPath), new PlainUnigram(XlmRobertaPath), specialTokensInText);

    private static void AssertEqual(Tokenizer tokenizer, PlainTokenizer plain, bool specialTokensInText)
    {
        var generator = new TextGenerator(seed: 20260601);
        var tokens = new TokenBuffer();
        for (int i = 0; i < Texts; i++)
        {
            string text = generator.Next();
            List<(int Id, TokenOffset Offset)> expected = plain.Encode(text, specialTokensInText);
            foreach (int maxTokens in (int[])[int.MaxValue, 2, 3, 7, 20])
            {
                var options = new TokenizationOptions { MaxTokens = maxTokens, SpecialTokensInText = specialTokensInText };
                tokenizer.Encode(text, tokens, options);
                AssertEqual(tokenizer, text, Cut(expected, maxTokens), tokens);
                Assert.Equal(expected.Count > maxTokens, tokens.Truncated);
            }
        }
    }

    private static List<(int Id, TokenOffset Offset)> Cut(List<(int Id, TokenOffset Offset)> tokens, int maxTokens) =>
        tokens.Count <= maxTokens ? tokens : [.. tokens[..(maxTokens - 1)], tokens[^1]];

    private static void AssertEqual(Tokenizer tokenizer, string text, List<(int Id, TokenOffset Offset)> expected, TokenBuffer actual)
    {
        int[] ids = [.. expected.Select(token => token.Id)];
        TokenOffset[] offsets = [.. expected.Select(token => token.Offset)];
        TokenDump.AssertEqual(tokenizer, text, ids, offsets, actual);
    }
}
