using System.Diagnostics;
using System.Globalization;
using Splade.AI.Hybrid;
using Splade.AI.Ingest;

namespace Splade.Testing.Stores;

/// <summary>
/// Fills a store with documents that are known. As a process of its own it says of each call how many texts it encodes, and encodes no more after some of
/// them, so that it is killed while it writes what it has.
/// </summary>
internal static class IngestProgram
{
    /// <summary>How many passages may be on their way between the stages.</summary>
    public const int Window = 16;

    private const int BatchSize = 4;
    private const int Documents = 240;
    private const string Place = "SPLADE_TEST_PLACE";

    /// <summary>What the store has at the end.</summary>
    public static IReadOnlyDictionary<string, string> Passages { get; } = Enumerable.Range(0, Documents)
        .SelectMany(document => PassagesOf(document).Select((text, i) => KeyValuePair.Create($"doc{document}#{i + 1}", text)))
        .ToDictionary();

    public static HybridSchema Schema { get; } = new(VectorField.Dense("d", 2));

    /// <summary>Starts a process that opens a store as a fixture does and fills it. It has the libraries of the fixture's tests.</summary>
    public static Process Start(Type fixture, string place, string name, string checkpoint, int most)
    {
        string tests = fixture.Assembly.Location;
        string[] arguments =
        [
            "exec", "--depsfile", Path.ChangeExtension(tests, ".deps.json"), "--runtimeconfig", Path.ChangeExtension(tests, ".runtimeconfig.json"),
            typeof(IngestProgram).Assembly.Location, fixture.AssemblyQualifiedName!, name, checkpoint, $"{most}",
        ];
        return Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            Environment = { [Place] = place },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var type, var name, var checkpoint, var most] || Environment.GetEnvironmentVariable(Place) is not string place)
        {
            Console.Error.WriteLine($"Expected the type of a fixture, the name of a store, a file, a number of texts, and the place of the store in {Place}.");
            return 2;
        }

        var fixture = (IHybridStoreFixture)Activator.CreateInstance(Type.GetType(type, throwOnError: true)!)!;
        await using IHybridStore store = await fixture.OpenAsync(place, name, Schema);
        int left = int.Parse(most, CultureInfo.InvariantCulture);
        await IngestAsync(store, checkpoint, count =>
        {
            Console.Out.WriteLine(count);
            Console.Out.Flush();
            left -= count;
            if (left < 0)
            {
                Thread.Sleep(Timeout.Infinite);
            }
        });
        return 0;
    }

    public static async Task<IngestProgress> IngestAsync(IHybridStore store, string? checkpoint = null, Action<int>? told = null)
    {
        using var generator = new ToldGenerator(told ?? (_ => { }));
        var options = new IngestOptions { Split = document => document.Text.Split('|'), Window = Window, BatchSize = BatchSize, Checkpoint = checkpoint };
        var pipeline = new IngestPipeline(store, new HybridRetriever(store, new HybridLeg("d", generator)), options);
        return await pipeline.RunAsync(
            Enumerable.Range(0, Documents).Select(i => new IngestDocument($"doc{i}", string.Join('|', PassagesOf(i)))).ToAsyncEnumerable());
    }

    private static string[] PassagesOf(int document) => [.. Enumerable.Range(0, 1 + (document % 4)).Select(i => $"passage {i} of {document}")];
}
