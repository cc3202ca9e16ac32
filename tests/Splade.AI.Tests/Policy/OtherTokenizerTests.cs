using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Policy;

/// <summary>Byte-level BPE and Unigram models write a word in one way after a space and in another elsewhere: rules mean the word.</summary>
public sealed class OtherTokenizerTests
{
    private static readonly string[] Fixtures = ["random-roberta-bpe", "random-modernbert-bpe", "random-xlmr-unigram", "random-bert-sum"];

    public static TheoryData<string> All => [.. Fixtures];

    [Theory]
    [MemberData(nameof(All))]
    public void Ban_WordOfOneToken_TakesOutThatToken(string fixture)
    {
        Tokenizer tokenizer = Words.TokenizerOf(fixture);
        int[] ids = Words.Ids("a theory", tokenizer);
        SparseVector vector = SparseVector.FromDense([.. Enumerable.Repeat(1f, tokenizer.Vocabulary.Count)]);
        SparseVector actual = new VocabularyPolicy(new BanRule { Terms = ["theory"] }).Bind(tokenizer).Apply(vector, [], EmbeddingInputType.Document);
        Assert.Equal(0, actual[ids[^1]]);
        Assert.InRange(actual.Count, vector.Count - 2, vector.Count - 1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Force_WordAnywhereInTheText_IsForced(string fixture)
    {
        Tokenizer tokenizer = Words.TokenizerOf(fixture);
        SparseVector vector = SparseVector.FromDense([1, .. new float[tokenizer.Vocabulary.Count - 1]]);
        foreach (string word in new[] { "theory", "XJ-900", "Chandrayaan" })
        {
            BoundPolicy sut = new VocabularyPolicy(new ForceRule(2) { Terms = [word] }).Bind(tokenizer);
            foreach (string text in new[] { word, $"the {word}", $"{word} of", $"the ({word}), of", $"of the {word}." })
            {
                SparseVector actual = sut.Apply(vector, Words.Ids(text, tokenizer), EmbeddingInputType.Document);
                Assert.True(actual.Count > 1, $"'{word}' was not found in '{text}'");
                Assert.All(actual.Indices[1..].ToArray(), id => Assert.Contains(id, Words.Ids(text, tokenizer)));
            }

            foreach (string text in new[] { "", "the of", $"{word}s", $"x{word}", $"the {word}7 of" })
            {
                Assert.True(vector.Equals(sut.Apply(vector, Words.Ids(text, tokenizer), EmbeddingInputType.Document)), $"'{word}' was found in '{text}'");
            }
        }
    }

    [Fact]
    public void Force_WordOfAScriptWithoutSpaces_IsFoundAmongItsNeighbours()
    {
        Tokenizer tokenizer = Words.TokenizerOf("random-roberta-bpe");
        BoundPolicy sut = new VocabularyPolicy(new ForceRule(2) { Terms = ["XJ-900"] }).Bind(tokenizer);
        SparseVector vector = SparseVector.FromDense([1, .. new float[tokenizer.Vocabulary.Count - 1]]);
        Assert.True(sut.Apply(vector, Words.Ids("新しいXJ-900です", tokenizer), EmbeddingInputType.Document).Count > 1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bind_EnglishStopWords_PassesOverWhatIsNotOneToken(string fixture)
    {
        BoundPolicy sut = new VocabularyPolicy(new BanRule { WordLists = [PolicyWordList.EnglishStopWords] }).Bind(Words.TokenizerOf(fixture));
        Assert.InRange(sut.PassedOver.Count, 1, PolicyWordList.EnglishStopWords.Words.Count - 20);
    }
}
