using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Splade.Testing;

/// <summary>The C# of a document: compiled as a reader's project would compile it, and run.</summary>
public static class Snippet
{
    // What a project with ImplicitUsings has.
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    // With the tests' own configuration, so that the programs find the library and the native half of ONNX Runtime.
    private static readonly string[] Exec = ["exec", "--runtimeconfig", OfTheTests("runtimeconfig"), "--depsfile", OfTheTests("deps")];

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(r => MetadataReference.CreateFromFile(r))];

    /// <summary>Runs complete programs, one after another, in the process of the tests, whose working folder becomes the repository.</summary>
    /// <param name="programs">The programs.</param>
    /// <returns>What each has printed, without white space around it.</returns>
    public static async Task<string[]> RunAsync(IReadOnlyList<string> programs)
    {
        Repository.Enter();
        var printed = new List<string>();
        foreach (string program in programs)
        {
            Assembly assembly = Assembly.Load(Emit(program, "Program"));
            (int exitCode, string output, string error) = await RoutedConsole.RunAsync("", assembly);
            Assert.True(exitCode == 0, $"{error}\nafter\n{output}");
            printed.Add(Printed(output));
        }

        return [.. printed];
    }

    /// <summary>Runs a complete program in a process of its own: one that changes what holds for all of its process.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">Variables of its process besides those of the tests.</param>
    /// <returns>What it has printed, without white space around it.</returns>
    public static async Task<string> RunAloneAsync(string program, Dictionary<string, string>? environment = null)
    {
        string printed = "";
        await UseAsync(program, async arguments =>
        {
            (int exitCode, string output, string error) = await ChildProcess.RunAsync("dotnet", environment ?? [], arguments);
            Assert.True(exitCode == 0, $"{error}\nafter\n{output}");
            printed = Printed(output);
        });
        return printed;
    }

    /// <summary>Compiles a complete program for whoever starts it by themselves.</summary>
    /// <param name="program">The program.</param>
    /// <param name="use">Given the arguments with which <c>dotnet</c> starts it. The program is deleted after it.</param>
    public static async Task UseAsync(string program, Func<string[], Task> use)
    {
        using var folder = new TemporaryFolder();
        string assembly = folder.PathOf("Program.dll");
        await File.WriteAllBytesAsync(assembly, Emit(program, "Program"));
        await use([.. Exec, assembly]);
    }

    /// <summary>The errors of a program, or of a file with types only. A caller outside of the library sees its public members only.</summary>
    public static IReadOnlyList<string> FindErrors(string code) =>
        [.. Compile(code, "Checked", OutputKind.DynamicallyLinkedLibrary).GetDiagnostics().Where(IsError).Select(d => d.ToString())];

    private static string OfTheTests(string kind) => Directory.GetFiles(AppContext.BaseDirectory, $"*.Tests.{kind}.json").Single();

    private static string Printed(string output) => output.ReplaceLineEndings("\n").Trim();

    private static byte[] Emit(string program, string name)
    {
        using var assembly = new MemoryStream();
        EmitResult result = Compile(program, name, OutputKind.ConsoleApplication).Emit(assembly);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics.Where(IsError))}\nin\n{program}");
        return assembly.ToArray();
    }

    private static CSharpCompilation Compile(string code, string name, OutputKind kind) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)],
        References,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}
