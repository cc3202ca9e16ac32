using System.Globalization;
using System.Text;
using Splade.AI.Tokenization;
using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Measuring;

namespace Splade.Benchmarks.Profiling;

/// <summary>Where the time of a model goes, and what is the most that a faster decoder can win.</summary>
internal static class ProfileBenchmark
{
    public static readonly IReadOnlyList<BenchmarkOption> Options =
    [
        new("--models", "tiny,minilm,base", "which models: tiny unless given"),
        new("--model", "FOLDER", "a model of yours instead"),
        new("--tokens", "N", $"the length of the text: {DefaultTokens} unless given"),
    ];

    private const int DefaultTokens = 200;

    public static Report Run(Arguments arguments)
    {
        int tokens = arguments.Number("--tokens") ?? DefaultTokens;
        double peak = PeakSpeed.Measure();
        return new Report(
            "Profile",
            $"One text of {tokens} tokens on one core: the best of several runs of each node of the graph as it is, by ONNX Runtime's profiler, and of whole runs, in turn. The peak of "
            + string.Create(CultureInfo.InvariantCulture, $"this core is {peak / 1e9:N0} billion float32 operations a second, measured on registers alone. ")
            + "An encoding without any decoder would be as much faster as all nodes take longer than those of the encoder: no decoder, however fast, wins more.",
            [.. EncodeModel.Find(arguments).Select(model => Measure(model, tokens, peak))]);
    }

    private static string Measure(EncodeModel model, int length, double peak)
    {
        string folder = model.Folder();
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        string text = new TextGenerator(tokenizer).Text(length, seed: 1);
        ModelProfile profile = ModelProfile.Measure(folder, text, [.. tokenizer.Encode(text).Ids]);
        var table = new StringBuilder($"{model.Name}:\n\n").AppendLine("| part | ms | share | of the core's peak |").AppendLine("|---|---:|---:|---:|");
        table.AppendLine(Row("all nodes of the graph", profile.Milliseconds));
        table.AppendLine(Row("decoder, with its bias", profile.Decoder));
        table.AppendLine(Row("decoder: product", profile.DecoderProduct, profile.DecoderOperations));
        table.AppendLine(Row("encoder", profile.Encoder));
        table.AppendLine(Row("encoder: products", profile.Products, profile.EncoderOperations));
        table.AppendLine(Row("encoder: all else", profile.Encoder - profile.Products));
        return table
            .AppendLine(Row("a whole run of the graph", profile.Plain))
            .AppendLine(Row("Splade.AI, Exact, text to vector", profile.Ours))
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Without any decoder: {profile.Milliseconds / profile.Encoder:N2} times as fast. Splade.AI: {profile.Plain / profile.Ours:N2} times a whole run.")
            .ToString();

        string Row(string part, double milliseconds, double? operations = null) => string.Create(
            CultureInfo.InvariantCulture,
            $"| {part} | {milliseconds:N1} | {milliseconds / profile.Milliseconds:P0} | {(operations is double o ? $"{o / milliseconds * 1000 / peak:P0}" : "")} |");
    }
}
