using System.Text.Json;
using Splade.AI.Lexical;

namespace Splade.AI.Tests.Lexical;

/// <summary>Words and their stems under the published algorithm, a few for each of its rules.</summary>
public sealed class EnglishStemmerTests
{
    [Theory]
    [InlineData("presses press caresses caress ties tie cries cri gaps gap gas gas this this kiwis kiwi abyss abyss cactus cactus")]
    [InlineData("agreed agre feed feed hoped hope hopping hop rated rate troubling troubl sized size add add adding add falling fall fixing fix")]
    [InlineData("dying die lying lie vying vie inning inning evening evening proceed proceed succeeds succeed herring herring")]
    [InlineData("cry cri by by say say happy happi youth youth yes yes enjoying enjoy")]
    [InlineData("rational ration valenci valenc digitizer digit operator oper vietnamization vietnam hopefulness hope sensitiviti sensit")]
    [InlineData("geologist geolog geology geolog generously generous communism communism university universiti universal universal past past pasted paste")]
    [InlineData("triplicate triplic formative format electrical electr goodness good hopeful hope formalize formal")]
    [InlineData("revival reviv allowance allow adjustable adjust replacement replac adoption adopt effective effect bowdlerize bowdler")]
    [InlineData("rate rate cease ceas controll control roll roll connections connect aeroelastic aeroelast organization organiz organs organ")]
    [InlineData("skis ski skies sky idly idl news news atlas atlas only onli singly singl")]
    [InlineData("a a is is be be x15 x15 42 42")]
    public void Snowball3_Words_AreCutByTheRules(string pairs) => AssertStems(EnglishStemmer.Snowball3, pairs);

    [Theory]
    [InlineData("added ad ebbed eb erred er evening even emergency emerg lateral later organic organ organism organ organize organ organization organ")]
    [InlineData("universal univers university univers universities univers paste past pasted past archaeologists archaeologist geologist geologist")]
    [InlineData("hying hy vying vy offing of dying die lying lie tying tie inning inning proceed proceed succeeds succeed")]
    [InlineData("andes andes atlas atlas bias bias cosmos cosmos howe howe news news sky sky")]
    [InlineData("dog's dog dogs' dog dog's' dog 'twas twas 's' s")]
    public void Classic_WordsOnWhichVersion3Differs_AreCutAsBefore(string pairs) => AssertStems(EnglishStemmer.Classic, pairs);

    [Fact]
    public void Classic_Apostrophes_GoToTheLast() => Assert.Equal("", EnglishStemmer.Classic.Stem("''s"));

    [Fact]
    public void Classic_ReferenceWords_HaveTheirStems()
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.TestData, "reference", "stems-english.jsonl")));
        string[] words = Read("words"), stems = Read("stems");
        Assert.True(words.Length > 1000);
        Assert.Equal(words.Zip(stems), words.Select(word => (word, EnglishStemmer.Classic.Stem(word))));

        string[] Read(string name) => [.. reference.RootElement.GetProperty(name).EnumerateArray().Select(word => word.GetString()!)];
    }

    // What is known of "q", a consonant, holds for any character that the stemmer does not know.
    [Theory]
    [InlineData("q")]
    [InlineData("qs")]
    [InlineData("qing")]
    [InlineData("haqed")]
    [InlineData("aqqing")]
    [InlineData("qaqe")]
    [InlineData("ruqational")]
    public void Stem_CharactersOfTwoCodeUnits_CountAsOne(string word)
    {
        const string Wide = "\U00010428";
        Assert.All(
            new[] { EnglishStemmer.Classic, EnglishStemmer.Snowball3 },
            sut => Assert.Equal(sut.Stem(word).Replace("q", Wide, StringComparison.Ordinal), sut.Stem(word.Replace("q", Wide, StringComparison.Ordinal))));
    }

    private static void AssertStems(EnglishStemmer sut, string pairs) =>
        Assert.All(pairs.Split(' ').Chunk(2), pair => Assert.Equal((pair[0], pair[1]), (pair[0], sut.Stem(pair[0]))));
}
