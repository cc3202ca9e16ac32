using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>The fast tokenizer equals the obvious one on generated texts.</summary>
public sealed class WordPiecePropertyTests
{
    private const int Texts = 2000;

    private static readonly string CasedPath = Path.Combine(Repository.TestData, "models", "random-distilbert-cased", "tokenizer.json");

    public static TheoryData<bool, bool> Settings => new() { { true, true }, { true, false }, { false, true }, { false, false } };

    [Theory]
    [MemberData(nameof(Settings))]
    public void Encode_GeneratedTexts_EqualsPlainWordPiece(bool lowercase, bool specialTokensInText)
    {
        Tokenizer tokenizer = Tokenizer.Load(lowercase ? TokenizerVariant.SpladeTinyPath : CasedPath);
        var plain = new PlainWordPiece(tokenizer.Vocabulary, lowercase);
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
