using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Splade.AI.ModelFiles.Catalog;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests;

/// <summary>The README is true: its program compiles and prints what it says, its commands and links exist.</summary>
public sealed partial class ReadmeTests
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;";

    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");

    [Fact]
    public async Task Quickstart_Run_PrintsWhatTheReadmeSays()
    {
        string[] programs = [.. Blocks("csharp")];
        string[] outputs = [.. Blocks("text")];
        Assert.Equal(programs.Length, outputs.Length);
        for (int i = 0; i < programs.Length; i++)
        {
            Assert.InRange(programs[i].Split('\n').Length, 1, 25);
            Assert.Equal(outputs[i], await RunAsync(programs[i]));
        }
    }

    [Fact]
    public void Commands_OfTheReadme_AreKnownToTheBuildProgram()
    {
        string build = File.ReadAllText(Path.Combine(Repository.Root, "build.cs"));
        string[] commands = [.. BuildCommand().Matches(Text).Select(m => m.Groups["command"].Value).Distinct()];
        Assert.Contains("chat", commands);
        Assert.Contains("test", commands);
        Assert.All(commands, command => Assert.Contains($"\"{command}\"", build, StringComparison.Ordinal));
    }

    [Fact]
    public void Models_OfTheReadme_AreTheCatalogsRecommendations()
    {
        ModelNeed[] needs = [new(), new() { InferenceFreeQueries = true }, new() { Goal = ModelGoal.Speed }];
        string[] expected = [.. needs.Select(need => ModelCatalog.Recommend(need)[0]).Select(m =>
            string.Create(CultureInfo.InvariantCulture, $"| `{m.Id}` | {m.BeirNdcg10:F1} | {m.Parameters / 1_000_000}M |"))];
        Assert.All(expected, row => Assert.Contains(row, Text, StringComparison.Ordinal));
        Assert.Contains($"({ModelCatalog.Bm25BeirNdcg10.ToString(CultureInfo.InvariantCulture)})", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_OfTheReadme_Exist()
    {
        IEnumerable<string> links = LocalLink().Matches(Text).Select(m => m.Groups["path"].Value);
        IEnumerable<string> folders = FolderRow().Matches(Text).Select(m => m.Groups["path"].Value);
        Assert.All(links.Concat(folders), path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    private static IEnumerable<string> Blocks(string language) => CodeBlock().Matches(Text)
        .Where(m => m.Groups["language"].Value == language)
        .Select(m => m.Groups["code"].Value.Trim());

    // A process of its own, so that the program has its own working folder and console.
    private static async Task<string> RunAsync(string program)
    {
        string folder = Directory.CreateTempSubdirectory("splade-readme-").FullName;
        try
        {
            string assembly = Path.Combine(folder, "Readme.dll");
            Compile(program, assembly);
            string test = Path.Combine(AppContext.BaseDirectory, typeof(ReadmeTests).Assembly.GetName().Name!);
            var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", test + ".runtimeconfig.json", "--depsfile", test + ".deps.json", assembly])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await error);
            return output.ReplaceLineEndings("\n").Trim();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compile(string program, string assembly)
    {
        string[] references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Readme",
            [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(program)],
            references.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        EmitResult result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    [GeneratedRegex("^```(?<language>\\w*)\\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"dotnet run build\.cs -- (?<command>\w+)")]
    private static partial Regex BuildCommand();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)\)")]
    private static partial Regex LocalLink();

    [GeneratedRegex(@"^\| `(?<path>[\w./-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FolderRow();
}
