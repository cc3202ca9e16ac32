using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx;
using Splade.Benchmarks.Encoding;

namespace Splade.Benchmarks.Profiling;

/// <summary>Runs a model as it is on one thread with ONNX Runtime's own profiler, and takes the best time of each node over several runs.</summary>
internal static class GraphProfile
{
    private const int Runs = 11;

    /// <param name="onnxFile">The model.</param>
    /// <param name="tokens">The one text to run.</param>
    public static IReadOnlyList<NodeTime> Measure(string onnxFile, int[] tokens)
    {
        string folder = Directory.CreateTempSubdirectory("splade-profile-").FullName;
        try
        {
            return Read(Record(onnxFile, tokens, Path.Combine(folder, "profile")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Record(string onnxFile, int[] tokens, string prefix)
    {
        OnnxRuntimeStart.Ensure();
        using var options = new SessionOptions { IntraOpNumThreads = 1, ProfileOutputPathPrefix = prefix };

        // In this order: it takes the prefix that is set by then.
        options.EnableProfiling = true;
        using var session = new InferenceSession(onnxFile, options);
        for (int run = 0; run < Runs; run++)
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = RawLogitsModel.Run(session, new PaddedBatch([tokens], padTokenId: 0));
        }

        return session.EndProfiling();
    }

    private static NodeTime[] Read(string file)
    {
        const string Kernel = "_kernel_time";
        using JsonDocument profile = JsonDocument.Parse(File.ReadAllBytes(file));
        return
        [
            .. profile.RootElement.EnumerateArray()
                .Where(e => e.GetProperty("cat").GetString() == "Node" && e.GetProperty("name").GetString()!.EndsWith(Kernel, StringComparison.Ordinal))
                .GroupBy(e => e.GetProperty("name").GetString()![..^Kernel.Length])
                .Select(runs => new NodeTime(
                    runs.Key,
                    runs.First().GetProperty("args").GetProperty("op_name").GetString()!,
                    runs.Min(e => e.GetProperty("dur").GetDouble()) / 1000)),
        ];
    }
}
