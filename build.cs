// The project's command line: `dotnet run build.cs -- help`. A file-based program of .NET 10 with no package of its own.
#:property PublishAot=false

using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
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
      bench    build and run the benchmarks; arguments go to them, for example
               bench tokenizer                             bench --help
      restore  fetch the packages, and pack those that no configured feed has
      help     this text

    What has not changed is not built again. Steps are printed to standard error, so `chat --ask "..." > answer.txt` holds the answer alone.
    """;

// Only the child decides what Ctrl+C means: it may have a prompt to leave or a result to print.
Console.CancelKeyPress += (_, e) => e.Cancel = true;

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

    public static string Root { get; } = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    public static string Solution { get; } = Path.Combine(Root, "Splade.sln");

    /// <summary>Builds one project and runs it in the caller's folder and console.</summary>
    public static int RunProject(string folder, string[] arguments)
    {
        string name = Path.GetFileName(folder);
        Build(Path.Combine(Root, folder, name + ".csproj"));
        string program = Path.Combine(Root, folder, "bin", Configuration, "net10.0", name + ".dll");
        return Shell.Run("dotnet", [program, .. arguments], quiet: true);
    }

    /// <summary>Restores and builds a project or the solution, unless its last build saw these very sources. Returns what was built.</summary>
    public static string Build(string target)
    {
        string stamp = Path.Combine(Artifacts, "stamps", Path.GetFileName(target) + ".txt");
        string sources = FingerprintOfSources();
        if (File.Exists(stamp) && File.ReadAllLines(stamp) is [string seen, string built] && seen == sources && File.Exists(built))
        {
            return built;
        }

        built = Packages.Restore(target) ?? throw new BuildException("The packages could not be restored (see above).");
        if (Shell.Run("dotnet", ["build", built, "-c", Configuration, "--no-restore", "--nologo", "-v", "quiet"]) != 0)
        {
            throw new BuildException("The build failed (see above).");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(stamp)!);
        File.WriteAllLines(stamp, [sources, built]);
        return built;
    }

    /// <summary>Names, sizes and times of all files that a build reads: cheap to take, and it changes when any of them does.</summary>
    private static string FingerprintOfSources()
    {
        string[] folders = ["src", "samples", "tests", "models"];
        IEnumerable<FileInfo> files = folders
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
        string output = TryRestore(target);
        if (MissingPackages(output).Any(p => p.StartsWith(OnnxRuntimePackage.Id, StringComparison.OrdinalIgnoreCase)))
        {
            OnnxRuntimePackage.PackInto(Path.Combine(Workspace.Artifacts, "feed"));
            output = TryRestore(target);
        }

        string[] leftOut = FailedProject().Matches(output).Select(m => m.Groups["project"].Value.Trim()).Distinct().Where(IsOptional).ToArray();
        if (leftOut.Length > 0 && target == Workspace.Solution)
        {
            Shell.Say($"Left out, because no configured feed has {string.Join(", ", MissingPackages(output))}: "
                + string.Join(", ", leftOut.Select(Path.GetFileNameWithoutExtension)));
            target = SolutionFilter.Write(leftOut);
            output = TryRestore(target);
        }

        if (output.Length > 0)
        {
            Console.Error.WriteLine(output);
            return null;
        }

        return target;
    }

    private static bool IsOptional(string project) => File.ReadAllText(project).Contains(OptionalMarker, StringComparison.Ordinal);

    /// <summary>Returns nothing, or what the failed restore printed.</summary>
    private static string TryRestore(string target)
    {
        (int exitCode, string output) = Shell.Capture("dotnet", ["restore", target, "--nologo", "-v", "quiet"]);
        return exitCode == 0 ? "" : output;
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

/// <summary>
/// Packs ONNX Runtime for a feed that lacks it: an npm package carries Microsoft's C# sources and native libraries under their MIT licence.
/// The packages get the real ids and version, so the projects reference what every other user's do.
/// </summary>
internal static class OnnxRuntimePackage
{
    public const string Id = "Microsoft.ML.OnnxRuntime";
    private const string Version = "1.29.0";
    private const string NpmPackage = "com.github.asus4.onnxruntime";
    private const string NpmVersion = "0.4.9";
    private const string NpmSha512 = "064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16";

    private static readonly Dictionary<string, string> NativeLibraries = new()
    {
        ["linux-x64"] = "package/Plugins/Linux/x64/libonnxruntime.so",
        ["win-x64"] = "package/Plugins/Windows/x64/onnxruntime.dll",
        ["win-arm64"] = "package/Plugins/Windows/arm64/onnxruntime.dll",
        ["osx-arm64"] = "package/Plugins/macOS/arm64/libonnxruntime.dylib",
    };

    public static void PackInto(string feed)
    {
        Shell.Say($"No configured feed has {Id} {Version}: packing it into {Path.GetRelativePath(Workspace.Root, feed)} from the npm package {NpmPackage} {NpmVersion}");
        RequireKnownPlatform();
        string work = Path.Combine(Workspace.Artifacts, "onnxruntime");
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        Directory.CreateDirectory(work);
        Unpack(Download(work), work);
        WriteProjects(work);
        string packed = Path.Combine(work, "packed");
        Pack(Path.Combine(work, "managed", "Managed.csproj"), packed);
        Pack(Path.Combine(work, "native", "Native.csproj"), packed);

        // Moved only when both are whole: a feed that was cut off half-way would look complete.
        foreach (string package in Directory.GetFiles(packed, "*.nupkg"))
        {
            File.Move(package, Path.Combine(feed, Path.GetFileName(package)), overwrite: true);
        }

        Directory.Delete(work, recursive: true);
    }

    private static void RequireKnownPlatform()
    {
        string platform = (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
            + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        if (!NativeLibraries.ContainsKey(platform))
        {
            throw new BuildException($"{NpmPackage} has no library for {platform}, only for {string.Join(", ", NativeLibraries.Keys)}. "
                + $"Add a NuGet source that has {Id} {Version}: dotnet nuget add source ADDRESS");
        }
    }

    private static string Download(string work)
    {
        Shell.Say("Downloading 150 MB with npm");
        (int exitCode, string output) = Shell.Npm(["pack", $"{NpmPackage}@{NpmVersion}", "--silent"], work);
        string[] archives = Directory.GetFiles(work, "*.tgz");
        if (exitCode != 0 || archives.Length != 1)
        {
            throw new BuildException($"npm could not fetch {NpmPackage}@{NpmVersion} (exit code {exitCode}). Is the npm registry reachable?\n{output}");
        }

        using FileStream stream = File.OpenRead(archives[0]);
        string sha512 = Convert.ToHexStringLower(SHA512.HashData(stream));
        return sha512 == NpmSha512
            ? archives[0]
            : throw new BuildException($"{Path.GetFileName(archives[0])} has SHA-512 {sha512}, expected {NpmSha512}. It is not the package this project knows; nothing of it was used.");
    }

    private static void Unpack(string archive, string work)
    {
        Shell.Say("Unpacking the C# sources and the native libraries");
        using var tar = new TarReader(new GZipStream(File.OpenRead(archive), CompressionMode.Decompress));
        while (tar.GetNextEntry() is TarEntry entry)
        {
            if (Destination(entry.Name) is string path)
            {
                path = Path.Combine(work, path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                entry.ExtractToFile(path, overwrite: true);
            }
        }
    }

    private static string? Destination(string entry)
    {
        const string Sources = "package/Runtime/";
        if (entry.StartsWith(Sources, StringComparison.Ordinal))
        {
            string source = entry[Sources.Length..];
            return source.EndsWith(".cs", StringComparison.Ordinal) && !source.StartsWith("Training/", StringComparison.Ordinal) ? "managed/" + source : null;
        }

        if (entry is "package/LICENSE" or "package/ThirdPartyNotices.txt")
        {
            return Path.GetFileName(entry);
        }

        return NativeLibraries.Where(n => n.Value == entry).Select(n => $"native/runtimes/{n.Key}/native/{Path.GetFileName(entry)}").FirstOrDefault();
    }

    private static void WriteProjects(string work)
    {
        // These two keep this repository's own rules (warnings as errors, central versions) away from the packed sources.
        File.WriteAllText(Path.Combine(work, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(work, "Directory.Packages.props"), "<Project />");

        // Without NET8_0_OR_GREATER: behind it are only experimental overloads, written for an older preview of System.Numerics.Tensors.
        File.WriteAllText(Path.Combine(work, "managed", "Managed.csproj"), Project($"{Id}.Managed", """
            <AssemblyName>Microsoft.ML.OnnxRuntime</AssemblyName><AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <DisableImplicitFrameworkDefines>true</DisableImplicitFrameworkDefines><DefineConstants>NET5_0_OR_GREATER;NETCOREAPP3_0_OR_GREATER</DefineConstants>
            """, """
            <Using Include="System.Reflection" /><PackageReference Include="System.Numerics.Tensors" Version="10.0.14" />
            """));
        File.WriteAllText(Path.Combine(work, "native", "Native.csproj"), Project(Id, """
            <IncludeBuildOutput>false</IncludeBuildOutput><NoPackageAnalysis>true</NoPackageAnalysis>
            """, $"""
            <None Include="runtimes/**" Pack="true" PackagePath="runtimes" /><PackageReference Include="{Id}.Managed" Version="{Version}" />
            """));
    }

    private static string Project(string id, string properties, string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><NoWarn>$(NoWarn);*</NoWarn><WarningLevel>0</WarningLevel>
            <PackageId>{id}</PackageId><Version>{Version}</Version><Authors>Microsoft</Authors><PackageLicenseFile>LICENSE</PackageLicenseFile>
            <RestoreAdditionalProjectSources>../packed</RestoreAdditionalProjectSources>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <None Include="../LICENSE;../ThirdPartyNotices.txt" Pack="true" PackagePath="/" />
            {items}
          </ItemGroup>
        </Project>
        """;

    private static void Pack(string project, string output)
    {
        Directory.CreateDirectory(output);
        (int exitCode, string log) = Shell.Capture("dotnet", ["pack", project, "-c", "Release", "-o", output, "--nologo", "-v", "quiet"]);
        if (exitCode != 0)
        {
            throw new BuildException($"Packing {Path.GetFileName(project)} failed:\n{log}");
        }
    }
}

/// <summary>Runs every test project and adds up what they report.</summary>
internal static class Tests
{
    public static int Run(string[] arguments)
    {
        string built = Workspace.Build(Workspace.Solution);
        string results = Path.Combine(Workspace.Artifacts, "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        int exitCode = Shell.Run("dotnet",
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

/// <summary>Starts other programs, and prints each step to standard error.</summary>
internal static class Shell
{
    public static void Say(string step) => Console.Error.WriteLine($"> {step}");

    /// <summary>Runs with this console's input and output; returns the exit code.</summary>
    public static int Run(string program, string[] arguments, bool quiet = false)
    {
        if (!quiet)
        {
            Say($"{program} {string.Join(' ', arguments.Select(a => a.Contains(' ') ? $"\"{a}\"" : a))}");
        }

        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs with its output collected; returns it with the exit code.</summary>
    public static (int ExitCode, string Output) Capture(string program, string[] arguments, string? folder = null)
    {
        Say($"{program} {string.Join(' ', arguments)}");
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // Error messages are read below.
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public static (int ExitCode, string Output) Npm(string[] arguments, string folder)
    {
        try
        {
            return OperatingSystem.IsWindows() ? Capture("cmd", ["/c", "npm", .. arguments], folder) : Capture("npm", arguments, folder);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BuildException("npm is needed to fetch ONNX Runtime here, and it is not on the PATH. "
                + "Install Node.js with npm (version 18 or newer), or add a NuGet source that has Microsoft.ML.OnnxRuntime: dotnet nuget add source ADDRESS");
        }
    }
}

/// <summary>A problem to print in one line, without a stack trace.</summary>
internal sealed class BuildException(string message) : Exception(message);
