using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Splade.Testing;

/// <summary>A program of the tests, compiled ahead of time into a folder of its own, which is deleted at the end of the test.</summary>
public sealed partial class PublishedProgram : IDisposable
{
    /// <summary>Restored to find out what is missing; others take nothing more to compile.</summary>
    private const string Plainest = "Splade.AotProgram";

    private static readonly Lazy<string?> LazyObstacle = new(() => FindLinkerObstacle() ?? FindPackageObstacle());

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-aot-");

    private readonly string _name;

    private PublishedProgram(string name) => _name = name;

    /// <summary>Why nothing can be compiled ahead of time on this machine, as a sentence; null where it can.</summary>
    public static string? Obstacle => LazyObstacle.Value;

    /// <summary>What the publication consists of.</summary>
    public string Folder => Path.Combine(_folder.FullName, "published");

    public string File => Path.Combine(Folder, OperatingSystem.IsWindows() ? _name + ".exe" : _name);

    /// <summary>Publishes it. Every warning of the analysis for trimming and of the native compiler is an error.</summary>
    /// <param name="name">The name of its project, which is a folder of tests.</param>
    public static async Task<PublishedProgram> PublishAsync(string name)
    {
        var program = new PublishedProgram(name);
        (int exitCode, string output, _) = await DotnetAsync("publish", name, program._folder.FullName, "-c", "Release", "-o", program.Folder);
        if (exitCode != 0)
        {
            program.Dispose();
            Assert.Fail(output);
        }

        return program;
    }

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params IEnumerable<string> arguments) => ChildProcess.RunAsync(File, arguments);

    public void Dispose() => _folder.Delete(recursive: true);

    // All that is built lies in the folder, the library too: other tests may be running what lies in the repository. No compiler server
    // is left behind, which would keep the output open.
    private static Task<(int ExitCode, string Output, string Error)> DotnetAsync(string command, string name, string folder, params IEnumerable<string> arguments) =>
        ChildProcess.RunAsync(
            "dotnet",
            [command, Path.Combine(Repository.Root, "tests", name), "-r", RuntimeInformation.RuntimeIdentifier, "--artifacts-path", folder, "--disable-build-servers", "--nologo", .. arguments]);

    private static string? FindLinkerObstacle()
    {
        if (OperatingSystem.IsWindows())
        {
            string programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86);
            return System.IO.File.Exists(Path.Combine(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe"))
                ? null
                : "Compiling ahead of time takes the C++ tools of Visual Studio, and there is no Visual Studio.";
        }

        string[] folders = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);
        return folders.Any(f => System.IO.File.Exists(Path.Combine(f, "clang")) || System.IO.File.Exists(Path.Combine(f, "gcc")))
            ? null
            : "Compiling ahead of time takes clang or gcc as its linker, and neither is on the PATH.";
    }

    private static string? FindPackageObstacle()
    {
        string folder = Directory.CreateTempSubdirectory("splade-aot-").FullName;
        try
        {
            (_, string output, _) = Task.Run(() => DotnetAsync("restore", Plainest, folder)).GetAwaiter().GetResult();
            string[] missing = [.. MissingPackage().Matches(output).Select(m => m.Groups["package"].Value).Distinct()];
            return missing.Length == 0 ? null : $"Compiling ahead of time takes {string.Join(", ", missing)}, which no configured feed has.";
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // NU1101: no such id; NU1102: the id is there, the version is not.
    [GeneratedRegex(@"error NU110[12]: .*?(?<package>[\w.-]*(ILCompiler|ILLink\.Tasks|NETCore\.App\.Runtime[\w.-]*\w))")]
    private static partial Regex MissingPackage();
}
