using System.Text;
using Splade.AI.Lexical;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Lexical;

/// <summary>Where words begin and end.</summary>
public sealed class WordCutterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\r\n ", "")]
    [InlineData("don't C# C++ 3.14", "don t C C 3 14")]
    [InlineData("snake_case _ __ a_b", "snake_case _ __ a_b")]
    [InlineData("x² ½ Ⅷ ③ ٣", "x² ½ Ⅷ ③ ٣")]
    [InlineData("cafe\u0301s café", "cafe s café")]
    [InlineData("नमस्ते", "नमस त")]
    [InlineData("İstanbul xİyİ", "İ stanbul xİ yİ")]
    [InlineData("ʼtwasʼ", "ʼtwasʼ")]
    [InlineData("a‿b·c", "a b c")]
    [InlineData("𐐨𐐩 𝟘x 😀a", "𐐨𐐩 𝟘x a")]
    [InlineData("世界，東京都", "世界 東京都")]
    public void Words_Text_AreRunsOfLettersAndDigits(string text, string words) => Assert.Equal(words, Cut(WordCutter.Words, text));

    [Fact]
    public void Words_GeneratedTexts_AreWhatEachCharacterSays()
    {
        // Mostly ASCII, of which many characters are looked at together; the others come in the middle of such, and at their edges.
        string[] others = ["é", "İ", "٣", "世", "𐐨", "😀", "\u0301", "\uD801", "\u0080", "ÿ"];
        var random = new Random(5);
        for (int trial = 0; trial < 3000; trial++)
        {
            int rare = random.Next(2, 80);
            string text = string.Concat(Enumerable.Range(0, random.Next(150)).Select(_ => random.Next(rare) == 0
                ? others[random.Next(others.Length)]
                : random.Next(3) == 0 ? $"{(char)random.Next(128)}" : $"{(char)random.Next('a', 'z' + 1)}"));
            Assert.Equal(OneByOne(text), Cut(WordCutter.Words, text));
        }

        static string OneByOne(string text) => string.Join(' ', string.Concat(text.EnumerateRunes().Select(rune =>
            !Rune.IsLetter(rune) && !Rune.IsNumber(rune) && rune.Value != '_' ? " "
            : rune.Value == 0x130 ? rune + " " : rune.ToString())).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Words_HalvesOfSurrogatePairs_AreNoCharacters() => Assert.Equal("a b c", Cut(WordCutter.Words, "a\uD801b\uDC28c"));

    [Theory]
    [InlineData("東京都", "東京 京都")]
    [InlineData("私", "私")]
    [InlineData("iPhone手机v2", "iPhone 手机 v2")]
    [InlineData("カタカナー、ひら", "カタ タカ カナ ナー ひら")]
    [InlineData("漢かな交", "漢か かな な交")]
    [InlineData("한국어 글", "한국 국어 글")]
    [InlineData("𠮷野家", "𠮷野 野家")]
    [InlineData("plain words, ÅNGSTRÖM", "plain words ÅNGSTRÖM")]
    [InlineData("人々", "人々")]
    public void WordsAndCjkBigrams_Text_HasPairsBesideWords(string text, string words) => Assert.Equal(words, Cut(WordCutter.WordsAndCjkBigrams, text));

    [Theory]
    [InlineData("plain – naïve “quotes” Русский हिन्दी 한국어", false, false)]
    [InlineData("a 世界", true, false)]
    [InlineData("かな", true, false)]
    [InlineData("ภาษาไทย", true, true)]
    [InlineData("ខ្មែរ", true, true)]
    [InlineData("𠮷", true, false)]
    public void FailsAt_Text_TellsScriptsWithoutSpaces(string text, bool words, bool bigrams) =>
        Assert.Equal((words, bigrams), (WordCutter.Words.FailsAt(text), WordCutter.WordsAndCjkBigrams.FailsAt(text)));

    [Fact]
    public void Cut_RuleOfTheCaller_IsTakenWithoutEmptyWords()
    {
        var sut = new WordCutter("halves", text => [new TokenOffset(0, 2), new TokenOffset(2, 2), new TokenOffset(1, text.Length)]);
        Assert.Equal("ab bcd", Cut(sut, "abcd"));
        Assert.Equal(("halves", "halves"), (sut.Name, sut.ToString()));
        Assert.False(sut.FailsAt("世界"));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    public void Cut_WordOutsideOfTheText_IsRefusedByName(int start, int end)
    {
        var sut = new WordCutter("broken", _ => [new TokenOffset(start, end)]);
        var error = Assert.Throws<InvalidOperationException>(() => sut.Cut("abcd"));
        Assert.Contains($"'broken' returned a word from {start} to {end}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_NoWords_IsRefusedByName() => Assert.Contains(
        "'broken' returned null",
        Assert.Throws<InvalidOperationException>(() => new WordCutter("broken", _ => null!).Cut("abcd")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Create_WithoutANameOrARule_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new WordCutter(" ", _ => []));
        Assert.Throws<ArgumentNullException>(() => new WordCutter("name", null!));
        Assert.Throws<ArgumentException>(() => new WordStemmer("", word => word));
        Assert.Throws<ArgumentNullException>(() => new WordStemmer("name", null!));
    }

    [Fact]
    public void Stem_NullOfTheCallersRule_IsRefusedByName() => Assert.Contains(
        "'broken' returned null",
        Assert.Throws<InvalidOperationException>(() => new WordStemmer("broken", _ => null!).Stem("word")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("a", false)]
    [InlineData("a", true)]
    [InlineData("a b. ", false)]
    [InlineData("\u6771", true)]
    public void Cut_CancelledWithinALongText_Ends(string piece, bool bigrams)
    {
        WordCutter sut = bigrams ? WordCutter.WordsAndCjkBigrams : WordCutter.Words;
        string text = string.Concat(Enumerable.Repeat(piece, 100_000));
        List<TokenOffset> words = [];
        Assert.Throws<OperationCanceledException>(() => sut.Cut(text, words, new CancellationToken(canceled: true)));
        Assert.True(words.Count < 20_000, $"{words.Count} words were cut.");
    }

    [Fact]
    public void Cut_CancelledWithinARuleOfACallersOwn_Ends()
    {
        var sut = new WordCutter("endless", _ => Enumerable.Repeat(new TokenOffset(0, 1), int.MaxValue));
        Assert.Throws<OperationCanceledException>(() => sut.Cut("a", [], new CancellationToken(canceled: true)));
    }

    private static string Cut(WordCutter cutter, string text) => string.Join(' ', cutter.Cut(text).Select(word => text[word.Start..word.End]));
}
