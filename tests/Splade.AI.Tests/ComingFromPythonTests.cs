using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Splade.AI.Tests;

/// <summary>The page for Python users is true: its programs print what it says, and what its tables tell to write compiles.</summary>
public sealed partial class ComingFromPythonTests
{
    // What the names in the tables stand for; the page says the same in words.
    private const string Names =
        "SpladeEngine engine, SpladeEmbeddingGenerator generator, SpladeModelHub hub, string folder, string name, string revision, string text, "
        + "string[] texts, int k, int n, SparseVector vector, SparseVector query, SparseVector document, SparseVector[] vectors, "
        + "SparseVector[] queries, SparseVector[] documents, int[] indices, float[] values, int dimensions, Stream stream, SavedVector[] saved, "
        + "IProgress<long> progress, Vocabulary vocabulary";

    private static readonly MarkdownPage Page = new("docs/coming-from-python.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePageSays() =>
        Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void Tables_AllRows_HaveTwoFilledCells()
    {
        Assert.NotEmpty(Page.Rows);
        Assert.All(Page.Rows, row =>
        {
            Assert.Equal(2, row.Length);
            Assert.All(row, cell => Assert.False(string.IsNullOrWhiteSpace(cell), string.Join(" | ", row)));
        });
    }

    [Fact]
    public void Tables_CodeToWrite_Compiles()
    {
        string[] codes = [.. Page.Rows.SelectMany(row => Code().Matches(row[1])).Select(m => m.Groups["code"].Value).Where(IsCSharp).Distinct()];
        Assert.True(codes.Length > 50, $"Found only {codes.Length} pieces of C#.");
        var program = new StringBuilder()
            .AppendLine("using Splade.AI; using Splade.AI.Evaluation; using Splade.AI.Evaluation.Tuning; using Splade.AI.Hybrid; using Splade.AI.Lexical; using Splade.AI.ModelFiles;")
            .AppendLine("using Splade.AI.ModelFiles.Catalog; using Splade.AI.ModelFiles.Hub; using Splade.AI.Search; using Splade.AI.Tokenization;")
            .AppendLine("internal static class Cells {");
        for (int i = 0; i < codes.Length; i++)
        {
            program.AppendLine($"static async Task Cell{i}({Names}) {{ await Task.Yield(); {Statement(codes[i])} }}");
        }

        IReadOnlyList<string> errors = Snippet.FindErrors(program.AppendLine("}").ToString());
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public void Tables_InferenceMembersOfBothLibraries_AreAllThere()
    {
        string python = string.Join(' ', Page.Rows.SelectMany(row => Code().Matches(row[0])).Select(m => m.Groups["code"].Value));
        string[] members = [.. File.ReadLines(Path.Combine(Repository.TestData, "PythonMembers.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        Assert.True(members.Length > 50, $"Found only {members.Length} members.");
        Assert.All(members, member => Assert.Matches($@"(?<!\w){Regex.Escape(member)}(?!\w)", python));
    }

    [Fact]
    public void Links_OfThePage_Exist() => Assert.All(Page.LinkedPaths, path => Assert.True(Path.Exists(path), path));

    // A name such as Type.Member is only looked up; an expression is compiled as it would be written.
    private static string Statement(string code) => SyntaxFactory.ParseExpression(code) switch
    {
        _ when QualifiedName().IsMatch(code) => $"_ = nameof({code});",
        InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax => $"{code};",
        _ => $"_ = {code};",
    };

    private static bool IsCSharp(string code) => !OtherCode().IsMatch(code);

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Z]\w*(\.[A-Z]\w*)*$")]
    private static partial Regex QualifiedName();

    /// <summary>Commands, environment variables, and names of files, models and packages.</summary>
    [GeneratedRegex(@"^(splade |dotnet |[A-Z]+_[A-Z_]+$|[\w./~-]+/[\w./-]+$|[\w-]+\.(json|onnx)$|Microsoft\.)")]
    private static partial Regex OtherCode();
}
