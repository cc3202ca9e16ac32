using System.Text.Json;
using System.Text.Json.Nodes;
using Splade.AI.Tools;

namespace Splade.AI.Tests.Tools;

public sealed class ToolArgumentTests
{
    [Theory]
    [InlineData("\"moon\"", "moon")]
    [InlineData("42", "42")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("[\"moon\"]", "moon")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    public void Text_OneMeaning_IsRead(string json, string? expected) =>
        Assert.All(Forms(json), value => Assert.Equal(expected, ToolArgument.Text("text", value)));

    [Theory]
    [InlineData("{\"text\": \"moon\"}", "'text' is an object, expected one text.")]
    [InlineData("[\"a\", \"b\"]", "'text' is a list of 2, expected one text.")]
    [InlineData("[]", "'text' is a list of 0, expected one text.")]
    [InlineData("[null]", "'text' is a list of 1, expected one text.")]
    public void Text_NoMeaning_IsToldToTheModel(string json, string error) =>
        Assert.All(Forms(json), value => AssertProblem(error, () => ToolArgument.Text("text", value)));

    [Theory]
    [InlineData("5", 5)]
    [InlineData("5.0", 5)]
    [InlineData("5.6", 6)]
    [InlineData("-3", -3)]
    [InlineData("\" 7 \"", 7)]
    [InlineData("\"8.0\"", 8)]
    [InlineData("\"\"", null)]
    [InlineData("null", null)]
    [InlineData("1e300", int.MaxValue)]
    [InlineData("\"-1e999\"", int.MinValue)]
    [InlineData("[9]", 9)]
    public void Integer_OneMeaning_IsRead(string json, int? expected) =>
        Assert.All(Forms(json), value => Assert.Equal(expected, ToolArgument.Integer("top", value)));

    [Theory]
    [InlineData("\"five\"", "'five'")]
    [InlineData("\"NaN\"", "'NaN'")]
    [InlineData("\"1,5\"", "'1,5'")]
    [InlineData("true", "'true'")]
    [InlineData("[]", "a list of 0")]
    [InlineData("[3, 4]", "a list of 2")]
    [InlineData("{\"value\": 3}", "an object")]
    public void Integer_NoNumber_IsToldToTheModel(string json, string found) =>
        Assert.All(Forms(json), value => AssertProblem($"'top' is {found}, expected a whole number.", () => ToolArgument.Integer("top", value)));

    [Theory]
    [InlineData("[\"a\", \"b\"]", "a|b")]
    [InlineData("[\"a\", 2, true]", "a|2|true")]
    [InlineData("\"a\"", "a")]
    [InlineData("\"[\\\"a\\\", \\\"b\\\"]\"", "a|b")]
    [InlineData("\"[1] a footnote\"", "[1] a footnote")]
    [InlineData("[]", "")]
    public void Texts_OneMeaning_AreRead(string json, string expected) =>
        Assert.All(Forms(json), value => Assert.Equal(expected, string.Join('|', ToolArgument.Texts("documents", value)!)));

    [Theory]
    [InlineData("[\"a\", null]", "'documents[1]' is null, expected a text.")]
    [InlineData("[[\"a\"]]", "'documents[0]' is a list of 1, expected a text.")]
    [InlineData("[\"a\", \"b\", {\"text\": \"a\"}]", "'documents[2]' is an object, expected a text.")]
    [InlineData("\"[null]\"", "'documents[0]' is null, expected a text.")]
    [InlineData("{}", "'documents' is an object, expected a list of texts.")]
    public void Texts_NoMeaning_IsToldToTheModel(string json, string error) =>
        Assert.All(Forms(json), value => AssertProblem(error, () => ToolArgument.Texts("documents", value)));

    [Fact]
    public void Members_ValuesOfTheProgram_AreReadToo()
    {
        Assert.Equal("1.5", ToolArgument.Text("text", 1.5m));
        Assert.Equal(5, ToolArgument.Integer("top", 5L));
        Assert.Equal(5, ToolArgument.Integer("top", new[] { 5 }));
        AssertProblem("'top' is 'NaN'", () => ToolArgument.Integer("top", double.NaN));
        AssertProblem("'top' is 'NaN'", () => ToolArgument.Integer("top", JsonValue.Create(double.NaN)));
        Assert.Equal(["a", "b"], ToolArgument.Texts("documents", new List<string> { "a", "b" }));
        Assert.Null(ToolArgument.Texts("documents", null));
        AssertProblem("'top' is an object", () => ToolArgument.Integer("top", new Dictionary<string, int>()));
        AssertProblem("'top' is an object", () => ToolArgument.Integer("top", new object()));
    }

    [Fact]
    public void Text_HalfACharacter_IsToldToTheModel() =>
        AssertProblem("half of a surrogate pair", () => ToolArgument.Text("text", JsonElement.Parse("\"\\ud83d\"")));

    /// <summary>A value as each of the types that chat clients give.</summary>
    private static List<object?> Forms(string json)
    {
        JsonNode? node = JsonNode.Parse(json);
        List<object?> forms = [JsonElement.Parse(json), node, JsonDocument.Parse(json)];
        return node is JsonValue value && value.TryGetValue(out string? text) ? [.. forms, text, JsonValue.Create(text)] : forms;
    }

    private static void AssertProblem(string error, Func<object?> read)
    {
        var problem = Assert.Throws<ToolProblemException>(read);
        Assert.Contains(error, problem.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(problem.Hint));
    }
}
