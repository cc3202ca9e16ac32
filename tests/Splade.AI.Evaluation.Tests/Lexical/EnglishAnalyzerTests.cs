using Splade.AI.Evaluation.Lexical;

namespace Splade.AI.Evaluation.Tests.Lexical;

public sealed class EnglishAnalyzerTests
{
    [Fact]
    public void Analyze_Text_IsLowerCasedFilteredAndStemmed() => Assert.Equal(
        ["slip", "flow", "heat", "transfer", "studi", "x15", "mach_no", "über"],
        EnglishAnalyzer.Analyze("The /slip flow/ heat-transfer STUDIES of a X15 at Mach_No = 5, über."));

    [Fact]
    public void Analyze_NothingToIndex_IsEmpty() => Assert.Empty(EnglishAnalyzer.Analyze(" . a I 5 -- the AND"));
}
