// The project's command line: `dotnet run build.cs -- help`. A file-based program of .NET 10 with no package of its own.
#:property PublishAot=false

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const string Help = """
    dotnet run build.cs -- COMMAND [arguments]

      chat     build the sample and start it; arguments go to it, for example
               chat --ask "How long do refunds take?"      chat --help
      test     build everything and run all tests; arguments go to `dotnet test`, for example
               test --filter Tokenization
               with --slow also the slow tests, minutes each, such as that of a program compiled ahead of time
      bench    build and run the benchmarks; arguments go to them, for example
               bench tokenizer                             bench --help
      restore  fetch the packages, and pack those that no configured feed has
      help     this text

    What has not changed is not built again; `test` alone runs the analysers of code, which take longer than the compiler.
    Steps are printed to standard error, so `chat --ask "..." > answer.txt` holds the answer alone.
    """;

// Only the child decides what Ctrl+C means: it may have a prompt to leave or a result to print.
Console.CancelKeyPress += (_, e) => e.Cancel = true;

// The SDK reports its commands to Microsoft unless told otherwise. What this program starts does not, unless the user has decided.
const string OptOut = "DOTNET_CLI_TELEMETRY_OPTOUT";
Environment.SetEnvironmentVariable(OptOut, Environment.GetEnvironmentVariable(OptOut) ?? "1");

string command = args.FirstOrDefault() ?? "help";
string[] rest = args.Skip(1).ToArray();
try
{
    return command switch
    {
        "chat" => Workspace.RunProject("samples/RagChat", rest),
        "bench" => Workspace.RunProject("tests/Splade.Benchmarks", rest),
        "test" => Tests.Run(rest),
        "restore" => Packages.Restore(Workspace.Solution) is null ? 1 : 0,
        "help" or "--help" or "-h" => Print(Help),
        _ => throw new BuildException($"Unknown command '{command}'. Known: chat, test, bench, restore, help."),
    };
}
catch (BuildException e)
{
    Console.Error.WriteLine($"build: {e.Message}");
    return 1;
}

static int Print(string text)
{
    Console.WriteLine(text);
    return 0;
}

/// <summary>Where things are, and what has been built from which sources.</summary>
internal static class Workspace
{
    public const string Configuration = "Release";

    private static readonly string[] Folders = ["src", "samples", "tests", "models"];

    public static string Root { get; } = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    public static string Solution { get; } = Path.Combine(Root, "Splade.sln");

    /// <summary>Builds one project and runs it in the caller's folder and console.</summary>
    public static int RunProject(string folder, string[] arguments)
    {
        string name = Path.GetFileName(folder);
        Build(Path.Combine(Root, folder, name + ".csproj"), analyse: false);
        string program = Path.Combine(Root, folder, "bin", Configuration, "net10.0", name + ".dll");
        return Shell.Dotnet([program, .. arguments], quiet: true);
    }

    /// <summary>
    /// Restores and builds a project or the solution, unless its last build, or the solution's, saw these very sources. Returns what was built.
    /// </summary>
    public static string Build(string target, bool analyse)
    {
        string sources = FingerprintOfSources();
        if ((BuiltFrom(sources, target) ?? BuiltFrom(sources, Solution)) is string earlier)
        {
            return earlier;
        }

        File.Delete(StampOf(target));
        Shell.Say($"Building {Path.GetFileNameWithoutExtension(target)}; the first time that takes {(analyse ? "some minutes" : "about a minute")}");
        string built = Packages.Restore(target) ?? throw new BuildException("The packages could not be restored (see above).");
        string[] options = ["-c", Configuration, "--no-restore", "--nologo", "-v", "quiet", "-clp:NoSummary", $"-p:RunAnalyzers={analyse}"];
        (int exitCode, string output) = Shell.CaptureDotnet(["build", built, .. options]);
        Console.Error.Write(output);
        if (exitCode != 0)
        {
            throw new BuildException("The build failed (see above).");
        }

        // Where something was left out, the next build asks again: a feed may have been added.
        if (built == target)
        {
            File.WriteAllLines(StampOf(target), [sources, built, .. Outputs()]);
        }

        return built;
    }

    private static string StampOf(string target) =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(Artifacts, "stamps")).FullName, Path.GetFileName(target) + ".txt");

    /// <summary>What was built the last time; null if that was from other sources, or is not there any more.</summary>
    private static string? BuiltFrom(string sources, string target) =>
        File.Exists(StampOf(target)) && File.ReadAllLines(StampOf(target)) is [string seen, .. string[] outputs] && seen == sources && outputs.All(File.Exists)
            ? outputs[0]
            : null;

    private static IEnumerable<string> Outputs() => Folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(project => Path.Combine(Path.GetDirectoryName(project)!, "bin", Configuration, "net10.0", Path.GetFileNameWithoutExtension(project) + ".dll"))
        .Where(File.Exists);

    /// <summary>Names, sizes and times of all files that a build reads: cheap to take, and it changes when any of them does.</summary>
    private static string FingerprintOfSources()
    {
        IEnumerable<FileInfo> files = Folders
            .Select(f => new DirectoryInfo(Path.Combine(Root, f)))
            .SelectMany(SourceFiles)
            .Concat(new DirectoryInfo(Root).EnumerateFiles());
        var text = new StringBuilder();
        foreach (FileInfo file in files.OrderBy(f => f.FullName, StringComparer.Ordinal))
        {
            text.Append(file.FullName).Append('|').Append(file.Length).Append('|').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<FileInfo> SourceFiles(DirectoryInfo folder) => folder.Name is "bin" or "obj"
        ? []
        : folder.EnumerateFiles().Concat(folder.EnumerateDirectories().SelectMany(SourceFiles));
}

/// <summary>Restores from the configured feeds, and says openly what it does about packages that they lack.</summary>
internal static partial class Packages
{
    /// <summary>A project with this property is left out where its packages cannot be restored; nothing stands in for them.</summary>
    private const string OptionalMarker = "<LeftOutWithoutItsPackages>true<";

    /// <summary>Returns what could be restored: the target, a solution filter without the projects that cannot be had here, or null.</summary>
    public static string? Restore(string target)
    {
        Directory.CreateDirectory(Path.Combine(Workspace.Artifacts, "feed")); // NuGet.config names it as a source.
        (bool restored, string output) = TryRestore(target);
        if (MissingPackages(output).Any(p => p.StartsWith("Microsoft.ML.OnnxRuntime", StringComparison.OrdinalIgnoreCase)))
        {
            Shell.Say("No configured feed has ONNX Runtime: packing it into artifacts/feed from an npm package");
            if (Shell.Dotnet(["run", Path.Combine(Workspace.Root, "eng", "PackOnnxRuntime.cs"), "--", Path.Combine(Workspace.Artifacts, "feed")]) != 0)
            {
                throw new BuildException("ONNX Runtime could not be packed (see above).");
            }

            (restored, output) = TryRestore(target);
        }

        string[] leftOut = FailedProject().Matches(output).Select(m => m.Groups["project"].Value.Trim()).Distinct().Where(IsOptional).ToArray();
        if (leftOut.Length > 0 && target == Workspace.Solution)
        {
            Shell.Say($"Left out, because no configured feed has {string.Join(", ", MissingPackages(output))}: "
                + string.Join(", ", leftOut.Select(Path.GetFileNameWithoutExtension)));
            target = SolutionFilter.Write(leftOut);
            (restored, output) = TryRestore(target);
        }

        Console.Error.Write(output);
        return restored ? target : null;
    }

    private static bool IsOptional(string project) => File.ReadAllText(project).Contains(OptionalMarker, StringComparison.Ordinal);

    private static (bool Restored, string Output) TryRestore(string target)
    {
        (int exitCode, string output) = Shell.CaptureDotnet(["restore", target, "--nologo", "-v", "quiet"]);
        return (exitCode == 0, output);
    }

    private static IEnumerable<string> MissingPackages(string output) => MissingPackage().Matches(output).Select(m => m.Groups["package"].Value).Distinct();

    // NU1101: no such id; NU1102: the id is there, the version is not.
    [GeneratedRegex(@"error NU110[12]: Unable to find package (?<package>[\w.]*\w)")]
    private static partial Regex MissingPackage();

    [GeneratedRegex(@"^(?<project>.+?\.csproj) : error NU", RegexOptions.Multiline)]
    private static partial Regex FailedProject();
}

/// <summary>A solution filter: Splade.sln without some projects.</summary>
internal static partial class SolutionFilter
{
    public static string Write(string[] leftOut)
    {
        string[] names = leftOut.Select(p => Path.GetFileName(p)).ToArray();
        IEnumerable<string> kept = ProjectPath().Matches(File.ReadAllText(Workspace.Solution))
            .Select(m => m.Value.Replace("\\", "\\\\"))
            .Where(path => !names.Contains(path.Trim('"').Split('\\', '/')[^1]));
        string file = Path.Combine(Workspace.Artifacts, "Splade.slnf");
        File.WriteAllText(file, $$"""{ "solution": { "path": "../Splade.sln", "projects": [ {{string.Join(", ", kept)}} ] } }""");
        return file;
    }

    [GeneratedRegex("\"[^\"]+\\.csproj\"")]
    private static partial Regex ProjectPath();
}

/// <summary>Runs every test project and adds up what they report.</summary>
internal static class Tests
{
    private const string Slow = "--slow";

    public static int Run(string[] arguments)
    {
        if (arguments.Contains(Slow))
        {
            Environment.SetEnvironmentVariable("SPLADE_SLOW_TESTS", "1"); // SlowFactAttribute reads it.
            arguments = [.. arguments.Where(a => a != Slow)];
        }

        string built = Workspace.Build(Workspace.Solution, analyse: true);
        string results = Path.Combine(Workspace.Artifacts, "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        int exitCode = Shell.Dotnet(
            ["test", built, "-c", Workspace.Configuration, "--no-build", "--nologo", "--logger", "trx", "--results-directory", results, .. arguments]);
        Counts counts = Directory.Exists(results) ? Directory.GetFiles(results, "*.trx").Select(Read).Aggregate(new Counts(0, 0, 0), Counts.Add) : new Counts(0, 0, 0);
        if (counts is { Passed: 0, Failed: 0 })
        {
            Shell.Say("No test was run.");
            exitCode = exitCode == 0 ? 1 : exitCode;
        }

        Console.WriteLine($"{counts.Passed} passed, {counts.Failed} failed, {counts.Skipped} skipped");
        return exitCode != 0 || counts.Failed == 0 ? exitCode : 1;
    }

    private static Counts Read(string trx)
    {
        XElement counters = XDocument.Load(trx).Descendants().First(e => e.Name.LocalName == "Counters");
        int Number(string name) => (int)counters.Attribute(name)!;
        int passed = Number("passed");
        int executed = Number("executed");
        return new Counts(passed, executed - passed, Number("total") - executed);
    }

    private sealed record Counts(int Passed, int Failed, int Skipped)
    {
        public static Counts Add(Counts a, Counts b) => new(a.Passed + b.Passed, a.Failed + b.Failed, a.Skipped + b.Skipped);
    }
}

/// <summary>Starts the SDK that runs this program, and prints each step to standard error.</summary>
internal static class Shell
{
    // Not by its name: it need not be on the PATH, and the one there may be another version.
    private static readonly string Host = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static void Say(string step) => Console.Error.WriteLine($"> {step}");

    /// <summary>Runs with this console's input and output; returns the exit code.</summary>
    public static int Dotnet(string[] arguments, bool quiet = false)
    {
        if (!quiet)
        {
            Say($"dotnet {string.Join(' ', arguments.Select(a => a.Contains(' ') ? $"\"{a}\"" : a))}");
        }

        using Process process = Process.Start(new ProcessStartInfo(Host, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs with its output collected, and dots meanwhile; returns it with the exit code.</summary>
    public static (int ExitCode, string Output) CaptureDotnet(string[] arguments)
    {
        Say($"dotnet {string.Join(' ', arguments)}");
        var start = new ProcessStartInfo(Host, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // Packages reads the error messages.
        using var dots = new Dots();
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}

/// <summary>A dot to standard error every few seconds: a long step is seen to live.</summary>
internal sealed class Dots : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly Timer _timer;
    private bool _any;

    public Dots() => _timer = new Timer(_ => Write(), null, Pause, Pause);

    public void Dispose()
    {
        using var stopped = new ManualResetEvent(false);
        _timer.Dispose(stopped);
        stopped.WaitOne();
        if (_any)
        {
            Console.Error.WriteLine();
        }
    }

    private void Write()
    {
        _any = true;
        Console.Error.Write('.');
    }
}

/// <summary>A problem to print in one line, without a stack trace.</summary>
internal sealed class BuildException(string message) : Exception(message);
