using System.Globalization;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Memory;

/// <summary>What one contender's process holds. Runs in a child, so that nobody else's memory is in the figure.</summary>
internal static class MemoryCommand
{
    public const string Name = "child-memory";

    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--model", "FOLDER", ""), new("--contender", "ID", ""), new("--documents", "N", ""), new("--tokens", "N", ""),
    ];

    /// <param name="modelFolder">The model.</param>
    /// <param name="contender">Its id.</param>
    /// <param name="documents">How many documents to encode.</param>
    /// <param name="tokens">How many tokens each has; null for documents of any length.</param>
    public static MemoryUse Measure(string modelFolder, string contender, int documents, int? tokens = null) => ChildProcess.Run<MemoryUse>(
        Name,
        [
            "--model", modelFolder, "--contender", contender, "--documents", documents.ToString(CultureInfo.InvariantCulture),
            .. tokens is int exactly ? ["--tokens", exactly.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        ]);

    public static void RunInChild(Arguments arguments)
    {
        string folder = arguments.Text("--model")!;
        IReadOnlyList<string> texts = Texts(folder, arguments.Number("--documents")!.Value, arguments.Number("--tokens"));
        using var context = new EncoderContext(folder);
        using IDocumentEncoder encoder = EncoderContenders.Find(arguments.Text("--contender")!).Load(context);
        encoder.Encode(["one short text"]);
        GC.Collect();
        ProcessMemory.ResetPeak();
        long loaded = ProcessMemory.Now;
        encoder.Encode(texts);
        ChildProcess.Reply(new MemoryUse(loaded, ProcessMemory.Peak));
    }

    private static IReadOnlyList<string> Texts(string folder, int documents, int? tokens)
    {
        var generator = new TextGenerator(Tokenizer.Load(Path.Combine(folder, "tokenizer.json")));
        return tokens is int exactly
            ? [.. Enumerable.Range(0, documents).Select(i => generator.Text(exactly, seed: i))]
            : Documents.ReadOrGenerate(generator).Sample(documents).Texts;
    }
}
