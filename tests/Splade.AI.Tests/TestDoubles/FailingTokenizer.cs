using Splade.AI.Tokenization;

namespace Splade.AI.Tests.TestDoubles;

/// <summary>A tokenizer with a fault: it fails on texts that hold a certain word.</summary>
internal sealed class FailingTokenizer(string word) : Tokenizer(new TokenizerParts(
    new Vocabulary(["a"], new Dictionary<string, int> { ["a"] = 0 }),
    new AddedTokenMatcher([]),
    new AddedTokenMatcher([]),
    new TokenTemplate([0], [0]),
    Trimmer: null,
    TokenSpelling.Characters)
{
    Pairs = new Lazy<PairTemplate>(new PairTemplate([])),
    Facts = new TokenizerFacts
    {
        TruncatesLeft = false,
        Normalizes = false,
        Normalizer = null,
        AddsPrefixSpace = null,
        HasTokenTypes = false,
        AddedTokens = new Dictionary<string, ListedToken>(),
    },
})
{
    private protected override void AppendPart(ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination)
    {
        if (text.Contains(word, StringComparison.Ordinal))
        {
            throw new ArgumentOutOfRangeException(nameof(text));
        }
    }

    private protected override void AppendWords(AlignedText text, TokenBuffer destination)
    {
    }
}
