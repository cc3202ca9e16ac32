using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class ToolArgumentsTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "properties": { "text": {"type": "string"}, "top": {"type": ["integer", "null"]}, "inputType": {"type": "string"}, "documents": {"type": "array"} },
          "required": ["text", "documents"]
        }
        """);

    [Theory]
    [InlineData("input_type")]
    [InlineData("inputType")]
    [InlineData("Input-Type")]
    [InlineData("INPUT_TYPE")]
    public void Read_NameInAnotherCase_IsFound(string name) => Assert.Equal("query", Read((name, "query"))["inputType"]);

    [Fact]
    public void Read_ExactName_GoesBeforeOthers() =>
        Assert.Equal("query", Read(("inputType", "document"), ("input_type", "query"))["inputType"]);

    [Fact]
    public void Read_ArgumentsThatNobodyAskedFor_AreLeftOut() =>
        Assert.Equal(["documents", "text"], Read(("text", "moon"), ("temperature", 0.2), ("top", null)).Keys.Order());

    [Fact]
    public void Read_RequiredOnesThatAreMissing_AreNull()
    {
        AIFunctionArguments read = Read();
        Assert.Equal(["documents", "text"], read.Keys.Order());
        Assert.All(read.Values, Assert.Null);
    }

    [Fact]
    public void Read_Types_AreThoseOfTheParameters()
    {
        AIFunctionArguments read = Read(("text", 5), ("top", "5"), ("documents", "moon"));
        Assert.Equal("5", read["text"]);
        Assert.Equal(5, read["top"]);
        Assert.Equal(["moon"], Assert.IsType<IReadOnlyList<string>>(read["documents"], exactMatch: false));
    }

    [Fact]
    public void Read_ServicesAndContext_AreKept()
    {
        var given = new AIFunctionArguments { Services = new EmptyServices(), Context = new Dictionary<object, object?>() };
        AIFunctionArguments read = ToolArguments.Read(given, Schema);
        Assert.Same(given.Services, read.Services);
        Assert.Same(given.Context, read.Context);
    }

    [Fact]
    public void Read_WrongType_NamesTheParameterAsTheModelKnowsIt()
    {
        var problem = Assert.Throws<ToolProblemException>(() => Read(("inputType", new Dictionary<string, int>())));
        Assert.Contains("'input_type'", problem.Message, StringComparison.Ordinal);
    }

    private static AIFunctionArguments Read(params (string Name, object? Value)[] arguments) =>
        ToolArguments.Read(new AIFunctionArguments(arguments.ToDictionary(a => a.Name, a => a.Value)), Schema);

    private sealed class EmptyServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
