using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

/// <summary>Fast precision on the command line, and how far it agrees with exact.</summary>
public sealed class AgreementCommandTests
{
    [Fact]
    public async Task Agreement_BuiltInTexts_IsOneLine()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("agreement", Files.Model);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^16 texts: cosine 0\.99\d\d \(least 0\.99\d\d\), top-10 overlap 9\d\.\d %, active dimensions \d+\.\d \(drift \d\.\d %\)\n$", output);
    }

    [Fact]
    public async Task Agreement_JsonOfAnInput_CountsItsLines()
    {
        (int exitCode, string output, _) = await SpladeCommand.PipeAsync("mars\n\nthe red planet", "agreement", Files.Model, "-i", "-", "--json");
        JsonElement report = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, 3), (exitCode, report.GetProperty("texts").GetInt32()));
        Assert.InRange(report.GetProperty("mean_cosine").GetDouble(), 0.99, 1);
        Assert.All(
            ["min_cosine", "mean_top_overlap", "mean_active_dimensions", "mean_active_dimensions_drift"],
            name => Assert.True(report.TryGetProperty(name, out _), name));
    }

    [Fact]
    public async Task Agreement_EmptyInput_Fails()
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("", "agreement", Files.Model, "-i", "-");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("There are no texts", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encode_FastPrecision_GivesNearlyTheSameVector()
    {
        const string Text = "The tide rises twice a day.";
        JsonElement exact = await EncodeAsync("exact"), fast = await EncodeAsync("fast");
        int[] wanted = Indices(exact), found = Indices(fast);
        Assert.NotEqual(exact.GetRawText(), fast.GetRawText());
        Assert.InRange(wanted.Intersect(found).Count(), wanted.Length * 8 / 10, wanted.Length);

        static int[] Indices(JsonElement line) => [.. line.GetProperty("indices").EnumerateArray().Select(i => i.GetInt32())];

        static async Task<JsonElement> EncodeAsync(string precision)
        {
            (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(Text, "encode", Files.Model, "--precision", precision);
            Assert.Equal((0, ""), (exitCode, error));
            return Assert.Single(Files.ParseLines(output));
        }
    }

    [Theory]
    [InlineData("encode")]
    [InlineData("compare")]
    public async Task Precision_AnythingElse_IsWrongUsage(string command)
    {
        string[] arguments = command == "compare" ? [command, Files.Model, "query", "-"] : [command, Files.Model];
        (int exitCode, _, string error) = await SpladeCommand.RunAsync([.. arguments, "--precision", "int8"]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("splade: --precision is 'int8', expected exact or fast.", error, StringComparison.Ordinal);
    }
}
