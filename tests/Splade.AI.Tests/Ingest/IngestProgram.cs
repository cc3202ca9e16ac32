using Splade.AI.Hybrid;
using Splade.AI.Ingest;

namespace Splade.AI.Tests.Ingest;

/// <summary>A process that fills a store in a folder, and notes how many texts it encoded.</summary>
internal static class IngestProgram
{
    public const int Documents = 1500;

    /// <summary>What may be on its way between the stages: two windows wait twice, two are encoded, two are written.</summary>
    public const int OnTheWay = Window * (2 + 2 + 2 + 2);

    private const int Window = 16;

    public static HybridSchema Schema { get; } = new(VectorField.Dense("d", 2));

    public static string NameOf(int document) => $"doc{document}";

    public static string[] PassagesOf(int document) => [.. Enumerable.Range(0, 1 + (document % 4)).Select(i => $"passage {i} of {document}")];

    public static int Run(string folder)
    {
        using EmbeddedHybridStore store = EmbeddedHybridStore.OpenAsync(Path.Combine(folder, "store"), Schema).GetAwaiter().GetResult();
        using var notes = new FileStream(Path.Combine(folder, "encoded"), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1);
        var generator = new CountingGenerator { Told = count => notes.Write(new byte[count]) };
        var options = new IngestOptions { Split = document => document.Text.Split('|'), Window = Window, Checkpoint = Path.Combine(folder, "done") };
        var sut = new IngestPipeline(store, new HybridRetriever(store, new HybridLeg("d", generator)), options);
        IAsyncEnumerable<IngestDocument> documents =
            Enumerable.Range(0, Documents).Select(i => new IngestDocument(NameOf(i), string.Join('|', PassagesOf(i)))).ToAsyncEnumerable();
        Console.Out.WriteLine("begun");
        Console.Out.Flush();
        sut.RunAsync(documents).GetAwaiter().GetResult();
        return 0;
    }
}
