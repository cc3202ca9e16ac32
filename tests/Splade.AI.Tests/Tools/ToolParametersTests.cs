using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

/// <summary>Parameters find their arguments among what a model wrote, and read them.</summary>
public sealed class ToolParametersTests
{
    private static readonly ToolParameter<ToolText> Text = ToolParameters.Text("text", "A text.");
    private static readonly ToolParameter<ToolText[]> Documents = ToolParameters.Texts("documents", "Texts.");
    private static readonly ToolParameter<int> Top = ToolParameters.Top("How many.", options => options.DefaultHits);
    private static readonly ToolParameter<EmbeddingInputType> InputType = ToolParameters.Choice("input_type", "What it is.", EmbeddingInputType.Document);

    [Theory]
    [InlineData("input_type")]
    [InlineData("inputType")]
    [InlineData("Input-Type")]
    [InlineData("INPUT_TYPE")]
    public void Read_NameInAnotherCase_IsFound(string name) => Assert.Equal(EmbeddingInputType.Query, InputType.Read(Call((name, "query"))));

    [Fact]
    public void Read_ExactName_GoesBeforeOthers() =>
        Assert.Equal(EmbeddingInputType.Query, InputType.Read(Call(("inputType", "document"), ("input_type", "query"))));

    [Fact]
    public void Read_ArgumentsThatNobodyAskedFor_AreLeftOut() =>
        Assert.Equal("moon", Text.Read(Call(("text", "moon"), ("temperature", 0.2), ("top", null))).Text);

    [Fact]
    public void Read_OnesThatAreMissing_AreTheDefaultOrAProblem()
    {
        Assert.Equal((5, 5), (Top.Read(Call()), Top.Read(Call(("top", null)))));
        Assert.Equal(EmbeddingInputType.Document, InputType.Read(Call()));
        Assert.Contains("'text' is missing", Assert.Throws<ToolProblemException>(() => Text.Read(Call())).Message, StringComparison.Ordinal);
        Assert.Contains("'documents' is missing", Assert.Throws<ToolProblemException>(() => Documents.Read(Call())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Types_AreThoseOfTheParameters()
    {
        ToolCall call = Call(("text", 5), ("top", "5"), ("documents", "moon"));
        Assert.Equal("5", Text.Read(call).Text);
        Assert.Equal(5, Top.Read(call));
        Assert.Equal(["moon"], Documents.Read(call).Select(text => text.Text));
    }

    [Fact]
    public void Read_WrongType_NamesTheParameterAsTheModelKnowsIt()
    {
        var problem = Assert.Throws<ToolProblemException>(() => InputType.Read(Call(("inputType", new Dictionary<string, int>()))));
        Assert.Contains("'input_type'", problem.Message, StringComparison.Ordinal);
    }

    private static ToolCall Call(params (string Name, object? Value)[] arguments) => new(
        new ToolContext(_ => throw new NotSupportedException(), new SpladeAIToolsOptions(), NullLogger.Instance),
        new AIFunctionArguments(arguments.ToDictionary(a => a.Name, a => a.Value)),
        CancellationToken.None);
}
