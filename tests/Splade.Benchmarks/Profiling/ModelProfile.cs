using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Splade.AI;
using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Profiling;

/// <summary>Where a model's time goes on one core, and how fast its products could be at best.</summary>
/// <param name="Nodes">The time of each node of the graph as it is.</param>
/// <param name="EncoderOperations">Operations of the encoder's products with weights.</param>
/// <param name="DecoderOperations">Operations of the product with the vocabulary.</param>
/// <param name="Plain">The time of a whole run of the graph on one thread, in milliseconds: no run has the best time of every node.</param>
/// <param name="Ours">The time of the same text in an engine with one thread, from text to vector, in milliseconds.</param>
internal sealed record ModelProfile(IReadOnlyList<NodeTime> Nodes, double EncoderOperations, double DecoderOperations, double Plain, double Ours)
{
    private const int Runs = 15;

    public double Milliseconds => Nodes.Sum(n => n.Milliseconds);

    /// <summary>The product with the vocabulary, which none of the others comes near.</summary>
    public double DecoderProduct => Nodes.Max(n => n.Milliseconds);

    /// <summary>That product, and its bias: of all additions the one to the longest rows.</summary>
    public double Decoder => DecoderProduct + Nodes.Where(n => n.Operator == "Add").Select(n => n.Milliseconds).DefaultIfEmpty().Max();

    public double Encoder => Milliseconds - Decoder;

    /// <summary>The encoder's products, those of attention included.</summary>
    public double Products => Nodes.Where(n => n.Operator is "MatMul" or "Gemm" or "FusedMatMul" or "FusedGemm").Sum(n => n.Milliseconds) - DecoderProduct;

    public static ModelProfile Measure(string folder, string text, int[] tokens)
    {
        string onnxFile = Path.Combine(folder, "onnx", "model.onnx");
        using SpladeEngine engine = SpladeEngine.CreateAsync(new SpladeEngineOptions(folder) { Threads = 1, ConcurrentRuns = 1 }).GetAwaiter().GetResult();
        using OnnxFile file = OnnxFile.Open(onnxFile);
        Decoder decoder = DecoderFinder.Find(file, engine.Vocabulary.Count).Decoder
            ?? throw new InvalidOperationException($"{onnxFile} has no decoder that is recognised. Take a model that has one.");
        double weights = WeightProductFinder.Find(file, decoder.HiddenState).Sum(p => (double)p.Rows * p.Columns);
        (double plain, double ours) = Compare(onnxFile, engine, text, tokens);
        return new ModelProfile(
            GraphProfile.Measure(onnxFile, tokens),
            2 * tokens.Length * weights,
            2.0 * tokens.Length * decoder.HiddenSize * decoder.Vocabulary,
            plain,
            ours);
    }

    // In turn: what slows the machine down for a while slows both.
    private static (double Plain, double Ours) Compare(string onnxFile, SpladeEngine engine, string text, int[] tokens)
    {
        OnnxRuntimeStart.Ensure();
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(onnxFile, options);
        var batch = new PaddedBatch([tokens], padTokenId: 0);
        (double plain, double ours) = (double.PositiveInfinity, double.PositiveInfinity);
        for (int run = 0; run < Runs; run++)
        {
            plain = Math.Min(plain, Measure(() => RawLogitsModel.Run(session, batch).Dispose()));
            ours = Math.Min(ours, Measure(() => engine.EncodeAsync([text]).GetAwaiter().GetResult()));
        }

        return (plain, ours);
    }

    private static double Measure(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
