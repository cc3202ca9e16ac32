using System.Diagnostics;
using Splade.Benchmarks.Commands;

namespace Splade.Benchmarks.Startup;

/// <summary>A program that is started again and again, as its users start it.</summary>
/// <param name="Path">Its assembly.</param>
/// <param name="Arguments">What follows it.</param>
internal sealed record StartedProgram(string Path, params string[] Arguments)
{
    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "artifacts", "startup");

    private static readonly Dictionary<string, string> Environment = new()
    {
        // What programs keep of their users is kept here.
        ["XDG_DATA_HOME"] = System.IO.Path.Combine(Folder, "data"),
        ["LOCALAPPDATA"] = System.IO.Path.Combine(Folder, "data"),
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    /// <summary>Gets or sets whether what an earlier run has published is taken as it is.</summary>
    public static bool IsPublished { get; set; }

    /// <summary>Publishes a project for this machine.</summary>
    /// <param name="project">Its folder.</param>
    /// <param name="name">The name of its assembly.</param>
    /// <param name="isReadyToRun">Whether as machine code.</param>
    /// <param name="properties">Properties of the build.</param>
    /// <returns>Its assembly.</returns>
    /// <exception cref="UsageException">It could not be published.</exception>
    public static string Publish(string project, string name, bool isReadyToRun, params string[] properties)
    {
        string output = System.IO.Path.Combine(Folder, $"{name}-{(isReadyToRun ? "machine" : "il")}"), program = System.IO.Path.Combine(output, name + ".dll");
        if (IsPublished && File.Exists(program))
        {
            return program;
        }

        Console.Error.WriteLine($"Publishing {output}");
        string[] options =
            ["-c", "Release", "-o", output, "-v", "quiet", "--nologo", "-p:RunAnalyzers=false", "-p:UseAppHost=false", $"-p:PublishReadyToRun={isReadyToRun}"];
        (int exitCode, string said, _) = Testing.ChildProcess.RunAsync("dotnet", Environment, ["publish", project, .. options, .. properties]).GetAwaiter().GetResult();
        return exitCode == 0 ? program : throw new UsageException($"{project} could not be published. {said}");
    }

    /// <summary>Writes a project that loads the model of the folder that it is given, and prints the milliseconds; given none it ends at once.</summary>
    /// <returns>Its folder.</returns>
    public static string WriteLoader()
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Folder, "Loader")).FullName;
        File.WriteAllText(System.IO.Path.Combine(folder, "Loader.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <UsesOnnxRuntime>true</UsesOnnxRuntime>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="$(RepositoryRoot)src/Splade.AI/Splade.AI.csproj" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(System.IO.Path.Combine(folder, "Program.cs"), """
            if (args is [string folder])
            {
                await Loading.RunAsync(folder);
            }

            static class Loading
            {
                public static async Task RunAsync(string folder)
                {
                    long start = System.Diagnostics.Stopwatch.GetTimestamp();
                    using var engine = await Splade.AI.SpladeEngine.CreateAsync(folder);
                    Console.WriteLine(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
                }
            }
            """);
        return folder;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The milliseconds from its start to its end, and what it wrote.</returns>
    /// <exception cref="UsageException">It failed.</exception>
    public (double Milliseconds, string Output) Run()
    {
        var clock = Stopwatch.StartNew();
        (int exitCode, string output, string error) = Testing.ChildProcess.RunAsync("dotnet", Environment, [Path, .. Arguments]).GetAwaiter().GetResult();
        double milliseconds = clock.Elapsed.TotalMilliseconds;
        return exitCode == 0 ? (milliseconds, output) : throw new UsageException($"{Path} failed. {error}");
    }
}
