using Splade.AI.Evaluation.Lexical;

namespace Splade.AI.Evaluation.Tests.Lexical;

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
    public void Stem_Words_AreCutByTheRules(string pairs)
    {
        string[] words = pairs.Split(' ');
        Assert.All(words.Chunk(2), pair => Assert.Equal((pair[0], pair[1]), (pair[0], EnglishStemmer.Stem(pair[0]))));
    }

    [Fact]
    public void Analyze_Text_IsLowerCasedFilteredAndStemmed() => Assert.Equal(
        ["slip", "flow", "heat", "transfer", "studi", "x15", "mach_no", "über"],
        EnglishAnalyzer.Analyze("The /slip flow/ heat-transfer STUDIES of a X15 at Mach_No = 5, über."));

    [Fact]
    public void Analyze_NothingToIndex_IsEmpty() => Assert.Empty(EnglishAnalyzer.Analyze(" . a I 5 -- the AND"));
}
