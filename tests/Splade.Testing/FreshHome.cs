using System.Text.RegularExpressions;

namespace Splade.Testing;

/// <summary>A user's folder with nothing in it: what a program leaves there is what it has left.</summary>
public sealed partial class FreshHome : IDisposable
{
    private const string TraceFile = "trace";

    // Where one of these is set, ONNX Runtime takes the process for a test of its own and reports nothing.
    private static readonly string[] SilencingVariables =
    [
        "CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL", "CODEBUILD_BUILD_ID", "BUILDKITE", "TEAMCITY_VERSION",
        "APPVEYOR", "BITBUCKET_BUILD_NUMBER", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "ORT_RUNNING_UNIT_TESTS", "ORT_DISABLE_TELEMETRY",
    ];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("splade-home-");

    /// <summary>The user's folder.</summary>
    public string Home => _root.CreateSubdirectory("home").FullName;

    /// <summary>The folder of temporary files.</summary>
    public string Temporary => _root.CreateSubdirectory("tmp").FullName;

    /// <summary>All that is in both, by paths.</summary>
    public IEnumerable<string> Left => new[] { Home, Temporary }.SelectMany(f => Directory.EnumerateFileSystemEntries(f, "*", SearchOption.AllDirectories));

    /// <summary>Runs a .NET program of this user.</summary>
    /// <param name="program">Its assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables besides those of a user; null for none.</param>
    public Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, Dictionary<string, string>? environment = null) =>
        ChildProcess.RunAsync("dotnet", Environment(environment), [program, .. arguments]);

    /// <summary>Runs it under strace.</summary>
    /// <returns>The calls with which it reached for the network or opened a file to write, but for those that .NET makes in every process.</returns>
    public async Task<string[]> TraceAsync(string program, IEnumerable<string> arguments)
    {
        string trace = Path.Combine(_root.FullName, TraceFile);
        string[] watched = ["-f", "-qq", "-e", "trace=network,open,openat,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2", "-o", trace, "dotnet"];
        (int exitCode, _, string error) = await ChildProcess.RunAsync("strace", Environment(null), [.. watched, program, .. arguments]);
        Assert.True(exitCode == 0, error);
        string[] calls = await File.ReadAllLinesAsync(trace);
        Assert.Contains(calls, call => call.Contains("libonnxruntime", StringComparison.Ordinal));
        return [.. calls.Where(call => Reaches().IsMatch(call) && !IsOfDotnet(call))];
    }

    public void Dispose() => _root.Delete(recursive: true);

    private Dictionary<string, string> Environment(Dictionary<string, string>? more)
    {
        Dictionary<string, string> environment = SilencingVariables.ToDictionary(name => name, _ => "");
        foreach (string name in new[] { "HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME" })
        {
            environment[name] = Home;
        }

        environment["TMPDIR"] = Temporary;
        foreach ((string name, string value) in more ?? [])
        {
            environment[name] = value;
        }

        return environment;
    }

    // The local ends that debuggers and dotnet-counters look for, the names of threads, and memory that is a file by name only.
    private bool IsOfDotnet(string call) =>
        call.Contains($"\"{Temporary}/dotnet-diagnostic-", StringComparison.Ordinal)
        || call.Contains($"\"{Temporary}/clr-debug-pipe-", StringComparison.Ordinal)
        || call.Contains("socket(AF_UNIX,", StringComparison.Ordinal)
        || ThreadName().IsMatch(call)
        || call.Contains("\"/dev/", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(socket|connect|bind|send\w*|creat|mkdir\w*|mknod\w*|rename\w*)\(|\b(O_WRONLY|O_RDWR|O_CREAT)\b")]
    private static partial Regex Reaches();

    [GeneratedRegex(@"""/proc/self/task/\d+/comm""")]
    private static partial Regex ThreadName();
}
