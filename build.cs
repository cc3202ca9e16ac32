// The project's command line: `dotnet run build.cs -- help`. A file-based program of .NET 10 with no package of its own.
#:property PublishAot=false

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Xml.Linq;

const string Help = """
    dotnet run build.cs -- COMMAND [arguments]

      chat     build the sample and start it; arguments go to it, such as --ask "How long do refunds take?"
      test     build everything and run all tests; arguments go to `dotnet test`, such as --filter Tokenization
               with --slow also the slow tests, minutes each, and all analysers of code over everything
      bench    build and run the benchmarks; arguments go to them, such as tokenizer, or --help
      pack     make the packages in artifacts/packages; arguments go to `dotnet pack`
      api      list anew what the libraries offer, in their files PublicAPI.Unshipped.txt
      help     this text

    Steps are printed to standard error, so `chat --ask "..." > answer.txt` holds the answer alone.
    """;

// Only the child decides what Ctrl+C means: it may have a prompt to leave or a result to print.
Console.CancelKeyPress += (_, e) => e.Cancel = true;

// The SDK reports its commands to Microsoft unless told otherwise. What this program starts does not, unless the user has decided.
SetDefault("DOTNET_CLI_TELEMETRY_OPTOUT", "1");

string root = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;
string solution = Path.Combine(root, "Splade.sln");
string[] rest = [.. args.Skip(1)];
const string Built = "Release/net10.0";
const string Published = "published";
switch (args.FirstOrDefault() ?? "help")
{
    case "chat": return RunProject("samples/RagChat", Published, Publish);
    case "bench": return RunProject("tests/Splade.Benchmarks", Built, folder => Build(folder, "-p:RunAnalyzers=false"));
    case "test": return Test();
    case "pack": return Dotnet(["pack", solution, "-c", "Release", "--nologo", "-o", Path.Combine(root, "artifacts", "packages"), .. rest]);
    case "api": return Directory.GetFiles(Path.Combine(root, "src"), "PublicAPI.Unshipped.txt", SearchOption.AllDirectories).Max(ListApi);
    case "help" or "--help" or "-h": Console.WriteLine(Help); return 0;
    default: Console.Error.WriteLine($"build: unknown command '{args[0]}'. Known: chat, test, bench, pack, api, help."); return 1;
}

// Builds one project, where a source is newer than what was built of it, and runs it in the caller's folder and console.
int RunProject(string folder, string output, Func<string, int> build)
{
    FileInfo program = ProgramOf(Path.Combine(root, folder), output);
    IEnumerable<DateTime> times = new[] { "src", "models", folder.Split('/')[0] }.Select(s => Newest(new DirectoryInfo(Path.Combine(root, s))));
    if (times.Concat(Directory.GetFiles(root).Select(File.GetLastWriteTimeUtc)).Max() > program.LastWriteTimeUtc)
    {
        if (build(folder) is not 0 and int exitCode)
        {
            return exitCode;
        }

        program.LastWriteTimeUtc = DateTime.UtcNow; // A change that leaves the program as it was is not asked about again.
    }

    return Start([program.FullName, .. rest]);
}

static FileInfo ProgramOf(string folder, string output) => new(Path.Combine(folder, "bin", output, Path.GetFileName(folder) + ".dll"));

// The folders' own times say what was deleted or renamed.
DateTime Newest(DirectoryInfo folder) => folder.EnumerateFileSystemInfos().Where(entry => entry.Name is not ("bin" or "obj"))
    .Select(entry => entry is DirectoryInfo inner ? Newest(inner) : entry.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max();

int Test()
{
    // Trials and Directory.Build.props read it.
    bool isSlow = rest.Contains("--slow") || Environment.GetEnvironmentVariable("SPLADE_SLOW_TESTS") == "1";
    Environment.SetEnvironmentVariable("SPLADE_SLOW_TESTS", isSlow ? "1" : "0");
    if (Build("Splade.sln") is not 0 and int failed)
    {
        return failed;
    }

    // Little in the tests runs so long that it pays to compile it with a profile, or anew before 512 calls, which is 200 in hexadecimal digits.
    SetDefault("DOTNET_TieredPGO", "0");
    SetDefault("DOTNET_TC_CallCountThreshold", "200");
    DirectoryInfo results = Directory.CreateDirectory(Path.Combine(root, "artifacts", "test-results"));
    results.Delete(recursive: true);

    // By their files, and not by the solution, whose projects would be read once more; as many at a time as there are processors.
    string[] tests = [.. Directory.GetDirectories(Path.Combine(root, "tests"), "*.Tests").Select(folder => ProgramOf(folder, Built).FullName)];
    string[] options = ["--nologo", "--logger", "trx", "--results-directory", results.FullName];
    int exitCode = Dotnet(["test", .. tests, .. options, .. rest.Where(a => a != "--slow"), "--", "RunConfiguration.MaxCpuCount=0"]);
    results.Create();
    XElement[] counters = [.. results.GetFiles("*.trx").SelectMany(f => XDocument.Load(f.FullName).Descendants().Where(e => e.Name.LocalName == "Counters"))];
    int Sum(string counter) => counters.Sum(c => (int)c.Attribute(counter)!);
    (int passed, int executed, int total) = (Sum("passed"), Sum("executed"), Sum("total"));
    Console.WriteLine($"{passed} passed, {executed - passed} failed, {total - executed} skipped{(executed == 0 ? ": no test was run" : "")}");
    return exitCode == 0 && (executed == 0 || passed < executed) ? 1 : exitCode;
}

// With the list empty, all that a library offers is new to the analyser that keeps it, which can add what is new.
int ListApi(string list)
{
    File.WriteAllText(list, "#nullable enable\n");
    return Dotnet("format", "analyzers", Path.GetDirectoryName(list)!, "--diagnostics", "RS0016");
}

int Build(string target, params string[] options) => Make("build", target, Console.Error.WriteLine, options);

// Machine code for this machine: the program starts in half the time. Its compiler is a package of .NET's own, which not every feed has.
int Publish(string folder)
{
    string[] options = ["-p:RunAnalyzers=false", "-p:UseAppHost=false", "-o", Path.Combine(root, folder, "bin", Published)];
    var lines = new List<string>();
    int exitCode = Make("publish", folder, lines.Add, options);
    if (exitCode != 0 && lines.Exists(line => line.Contains("error NU1") || line.Contains("NETSDK1094")))
    {
        Console.Error.WriteLine("> The packages that make machine code cannot be had from your feeds: without, the program takes longer to start");
        return Make("publish", folder, Console.Error.WriteLine, [.. options, "-p:PublishReadyToRun=false"]);
    }

    lines.ForEach(Console.Error.WriteLine);
    return exitCode;
}

// Its output goes to standard error, with dots that show that it goes on.
int Make(string command, string target, Action<string> read, params string[] options)
{
    Console.Error.WriteLine($"> Building {target}; the first time that takes some minutes");
    using var dots = new Timer(_ => Console.Error.Write('.'), null, 3000, 3000);
    return Start([command, Path.Combine(root, target), "-c", "Release", "--nologo", "-v", "quiet", "-clp:NoSummary", .. options], read);
}

int Dotnet(params string[] arguments)
{
    Console.Error.WriteLine($"> dotnet {string.Join(' ', arguments)}");
    return Start(arguments);
}

// The SDK that runs this program: it need not be on the PATH, and the one there may be another version.
int Start(string[] arguments, Action<string>? read = null)
{
    string host = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
    var start = new ProcessStartInfo(Path.GetFullPath(host), arguments) { UseShellExecute = false, RedirectStandardOutput = read is not null };
    using Process process = Process.Start(start)!;
    while (read is not null && process.StandardOutput.ReadLine() is string line)
    {
        read(line);
    }

    process.WaitForExit();
    return process.ExitCode;
}

static void SetDefault(string variable, string value) => Environment.SetEnvironmentVariable(variable, Environment.GetEnvironmentVariable(variable) ?? value);
