using Splade.Benchmarks.Commands;

namespace Splade.Benchmarks.Tests.Commands;

public sealed class ArgumentsTests
{
    private static readonly BenchmarkOption[] Known = [new("--rounds", "N", ""), new("--models", "LIST", ""), new("--save", "", "")];

    [Fact]
    public void Parse_OptionsAndWords_FindsBoth()
    {
        Arguments arguments = Arguments.Parse(["--rounds", "9", "dot", "--save", "--models", "tiny, base"], Known);
        Assert.Equal(9, arguments.Number("--rounds"));
        Assert.Equal(["tiny", "base"], arguments.List("--models"));
        Assert.True(arguments.Has("--save"));
        Assert.Equal(["dot"], arguments.Rest);
    }

    [Theory]
    [InlineData("--fast")]
    [InlineData("--rounds")]
    public void Parse_WrongOption_NamesIt(string option) =>
        Assert.Contains(option, Assert.Throws<UsageException>(() => Arguments.Parse([option], Known)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void Number_NotOne_Throws(string value) =>
        Assert.Throws<UsageException>(() => Arguments.Parse(["--rounds", value], Known).Number("--rounds"));
}
