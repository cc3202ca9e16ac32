using System.Reflection.PortableExecutable;
using Splade.Testing;

namespace Splade.Packages.Tests;

/// <summary>The packages of the libraries, packed as the tests' build made them: complete, and enough for a program that has nothing else.</summary>
public sealed class LibraryPackagesTests(LibraryPackagesTests.Packed packed) : IClassFixture<LibraryPackagesTests.Packed>
{
    private static readonly string[] Ids =
        ["Splade.AI", "Splade.AI.Evaluation", "Splade.AI.Postgres", "Splade.AI.Qdrant", "Splade.AI.Remote", "Splade.SemanticKernel"];

    public static TheoryData<string> Libraries => new(Ids);

    // The programs of the others need a server: the tests that have one run them.
    public static TheoryData<string> LibrariesAlone => new(Ids.Except(["Splade.AI.Postgres", "Splade.AI.Qdrant", "Splade.AI.Remote"]));

    [SlowTheory]
    [MemberData(nameof(Libraries))]
    public void Package_Metadata_IsComplete(string id)
    {
        Package package = packed.Folder.Find(id);
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", package.Version);
        Assert.Equal("MIT", package["license"]);
        Assert.All(["description", "tags", "authors", "copyright", "releaseNotes"], name => Assert.False(string.IsNullOrWhiteSpace(package[name]), name));
        Assert.StartsWith("## [", package["releaseNotes"], StringComparison.Ordinal);
        Assert.All([package["readme"]!, package["icon"]!, $"lib/net10.0/{id}.xml"], file => Assert.Contains(file, package.Files));
    }

    [SlowTheory]
    [MemberData(nameof(Libraries))]
    public void Package_Assembly_IsDeterministicWithItsSymbolsInIt(string id)
    {
        IReadOnlyList<DebugDirectoryEntryType> entries = packed.Folder.Find(id).DebugEntriesOf($"lib/net10.0/{id}.dll");
        Assert.Contains(DebugDirectoryEntryType.Reproducible, entries);
        Assert.Contains(DebugDirectoryEntryType.EmbeddedPortablePdb, entries);
    }

    [SlowTheory]
    [MemberData(nameof(Libraries))]
    public void Package_Dependencies_AreNotOfTheBuildAndHaveNoNativeLibraries(string id)
    {
        string[] notOwed = ["Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Gpu", "MinVer"];
        IReadOnlyList<string> dependencies = packed.Folder.Find(id).Dependencies;
        Assert.NotEmpty(dependencies);
        Assert.DoesNotContain(dependencies, d => notOwed.Contains(d) || d.EndsWith("Analyzers", StringComparison.Ordinal));
    }

    [SlowTheory]
    [MemberData(nameof(LibrariesAlone))]
    public async Task Program_OutsideOfTheRepository_PrintsWhatThePackagesReadmeSays(string id)
    {
        var page = new MarkdownPage($"src/{id}/README.md");
        Assert.Equal(page.Blocks("text").Single(), await packed.Folder.RunAsync(page.Blocks("csharp").Single(), packed.Folder.Find(id)));
    }

    // On a machine without CUDA: with it, the program prints cuda:0 twice.
    [SlowFact]
    public async Task Program_BuiltWithThePropertyForGraphicsCards_SaysWhatIsMissingAndRunsOnTheProcessors()
    {
        const string Code = """
            using Splade.AI;

            foreach (ExecutionProvider provider in new[] { ExecutionProvider.Auto, ExecutionProvider.Cuda })
            {
                try
                {
                    var options = new SpladeEngineOptions("models/splade-tiny") { ExecutionProvider = provider };
                    using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
                    IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(["the red planet"]);
                    Console.WriteLine($"{provider}: {engine.Devices[0]}, {encodings[0].Vector.Indices.Length > 0}");
                }
                catch (SpladeModelException e)
                {
                    Console.WriteLine($"{provider}: {e.Message}");
                }
            }

            Console.WriteLine(ExecutionDevice.FindAll()[1]);
            """;
        string[] lines = (await packed.Folder.RunAsync(Code, ["-p:Gpu=true"], packed.Folder.Find("Splade.AI"))).Split('\n');
        Assert.Equal(3, lines.Length);
        if (lines[2] == "cuda:0")
        {
            Assert.Equal(["Auto: cuda:0, True", "Cuda: cuda:0, True"], lines[..2]);
            return;
        }

        Assert.Equal("Auto: cpu, True", lines[0]);
        Assert.All(lines[1..], line => Assert.Contains("cuda:0 cannot be used: ONNX Runtime 1.", line, StringComparison.Ordinal));
        if (OperatingSystem.IsLinux())
        {
            Assert.All(lines[1..], line => Assert.Matches(@"libonnxruntime_providers_cuda\.so needs libcublas\S*\.so\.\d+, .*, which cannot be loaded", line));
        }
    }

    /// <summary>All of them, in a feed.</summary>
    public sealed class Packed : IAsyncLifetime
    {
        public PackageFolder Folder { get; } = new();

        public async Task InitializeAsync()
        {
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            foreach (string id in Trials.AreAll ? Ids : [])
            {
                await Folder.PackAsync(id, "--no-build", "-c", configuration);
            }
        }

        public Task DisposeAsync()
        {
            Folder.Dispose();
            return Task.CompletedTask;
        }
    }
}
