using System.Globalization;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Measuring;
using Splade.Benchmarks.Memory;

namespace Splade.Benchmarks.Encoding;

/// <summary>How fast a process encodes that may use some of the processors. Runs in a child, which counts them when it starts.</summary>
internal static class CoresCommand
{
    public const string Name = "child-cores";

    public static readonly IReadOnlyList<BenchmarkOption> Options = [new("--model", "FOLDER", ""), new("--documents", "N", ""), new("--rounds", "N", "")];

    /// <summary>Documents per second, for each round.</summary>
    public static CoresRates Measure(int cores, string modelFolder, int documents, int rounds) => Processors.With(cores, () => ChildProcess.Run<CoresRates>(
        Name,
        ["--model", modelFolder, "--documents", documents.ToString(CultureInfo.InvariantCulture), "--rounds", rounds.ToString(CultureInfo.InvariantCulture)]));

    public static void RunInChild(Arguments arguments)
    {
        using var context = new EncoderContext(arguments.Text("--model")!);
        using IDocumentEncoder encoder = EncoderContenders.Find("ours").Load(context);
        Documents documents = Documents.ReadOrGenerate(new TextGenerator(context.Tokenizer)).Sample(arguments.Number("--documents")!.Value);
        var contender = new Contender("", () => encoder.Encode(documents.Texts).Count);
        contender.Run();
        contender.Run();
        Measurement measured = FixedWork.Compare([contender], arguments.Number("--rounds")!.Value, _ => { })[0];
        ChildProcess.Reply(new CoresRates(Environment.ProcessorCount, [.. measured.UnitsPerSecond]));
    }
}
