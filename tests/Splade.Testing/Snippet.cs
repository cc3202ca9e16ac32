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

    // Runs the assemblies that its arguments name, and ends the output of each with a line that no program prints.
    private const string Runner = """
        foreach (string path in args)
        {
            try
            {
                System.Reflection.MethodInfo main = System.Reflection.Assembly.LoadFrom(path).EntryPoint!;
                main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            }
            catch (System.Reflection.TargetInvocationException e)
            {
                Console.Error.WriteLine($"{Path.GetFileName(path)}: {e.InnerException}");
                return 1;
            }

            Console.Write('\u001E');
        }

        return 0;
        """;

    // With the tests' own configuration, so that the programs find the library and the native half of ONNX Runtime.
    private static readonly string[] Exec = ["exec", "--runtimeconfig", OfTheTests("runtimeconfig"), "--depsfile", OfTheTests("deps")];

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(r => MetadataReference.CreateFromFile(r))];

    /// <summary>Runs complete programs, one after another, in one process of their own whose working folder is the repository.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="environment">Variables of their process besides those of the tests; null for none.</param>
    /// <returns>What each has printed, without white space around it.</returns>
    public static async Task<string[]> RunAsync(IReadOnlyList<string> programs, Dictionary<string, string>? environment = null)
    {
        string folder = Directory.CreateTempSubdirectory("splade-snippets-").FullName;
        try
        {
            string runner = Emit(Runner, folder, "Runner");
            string[] assemblies = [.. programs.Select((program, i) => Emit(program, folder, $"Program{i + 1}"))];
            string output = await RunAsync(runner, assemblies, environment ?? []);
            return [.. output.Split('\u001E').SkipLast(1).Select(o => o.ReplaceLineEndings("\n").Trim())];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Compiles a complete program for whoever starts it by themselves.</summary>
    /// <param name="program">The program.</param>
    /// <param name="use">Given the arguments with which <c>dotnet</c> starts it. The program is deleted after it.</param>
    public static async Task UseAsync(string program, Func<string[], Task> use)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("splade-snippets-");
        try
        {
            await use([.. Exec, Emit(program, folder.FullName, "Program")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The errors of a program, or of a file with types only. A caller outside of the library sees its public members only.</summary>
    public static IReadOnlyList<string> FindErrors(string code) =>
        [.. Compile(code, "Checked", OutputKind.DynamicallyLinkedLibrary).GetDiagnostics().Where(IsError).Select(d => d.ToString())];

    private static string OfTheTests(string kind) => Directory.GetFiles(AppContext.BaseDirectory, $"*.Tests.{kind}.json").Single();

    private static string Emit(string program, string folder, string name)
    {
        string assembly = Path.Combine(folder, name + ".dll");
        EmitResult result = Compile(program, name, OutputKind.ConsoleApplication).Emit(assembly);
        Assert.True(result.Success, $"{string.Join('\n', result.Diagnostics.Where(IsError))}\nin\n{program}");
        return assembly;
    }

    private static CSharpCompilation Compile(string code, string name, OutputKind kind) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(code)],
        References,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static async Task<string> RunAsync(string runner, string[] assemblies, Dictionary<string, string> environment)
    {
        (int exitCode, string output, string error) = await ChildProcess.RunAsync("dotnet", environment, [.. Exec, runner, .. assemblies]);
        Assert.True(exitCode == 0, $"{error}\nafter\n{output}");
        return output;
    }
}
