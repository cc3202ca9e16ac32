using Splade.Testing;
using System.Runtime.InteropServices;
using Splade.AI.OnnxGraph;

namespace Splade.Benchmarks.Models;

/// <summary>Folders with the weights of a model in place of its ONNX file.</summary>
internal static class WeightFolder
{
    private const string Onnx = "onnx";

    /// <summary>As downloads write them. What is written at once, the system keeps in large pages, which count as a whole where one number is read.</summary>
    private const int NumbersAtATime = 1 << 14;

    /// <summary>The folder with the weights of a random model, which is written if it is not there.</summary>
    public static string Ensure(BertShape shape)
    {
        string model = RandomModel.Ensure(shape);
        return Ensure(model, target =>
        {
            using OnnxFile onnx = OnnxFile.Open(Path.Combine(model, Onnx, "model.onnx"));
            Write(onnx, target);
        });
    }

    /// <summary>The folder with the published weights of splade-tiny; null if they are not at hand.</summary>
    public static string? OfSpladeTiny() => Repository.Shared is string shared
        && Path.Combine(shared, "models", "splade-tiny", "model.safetensors") is string weights && File.Exists(weights)
        ? Ensure(Path.Combine(Repository.Models, "splade-tiny"), target => File.Copy(weights, target))
        : null;

    private static string Ensure(string model, Action<string> writeWeights)
    {
        string folder = Path.Combine(Repository.Root, "artifacts", "benchmark-models", Path.GetFileName(model) + "-weights");
        string weights = Path.Combine(folder, "model.safetensors");
        if (File.Exists(weights))
        {
            return folder;
        }

        foreach (string file in Directory.GetFiles(model, "*.json", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        writeWeights(weights + ".unfinished");
        File.Move(weights + ".unfinished", weights);
        return folder;
    }

    // What torch keeps as [out, in] its exporter writes as [in, out]. Tables of embeddings are the same in both.
    private static bool IsTransposed(OnnxTensor tensor) =>
        tensor.Dimensions.Count == 2 && !tensor.Name.Contains("_embeddings.", StringComparison.Ordinal);

    private static void Write(OnnxFile onnx, string path)
    {
        OnnxTensor[] tensors = [.. onnx.Initializers.Values.Where(t => t.Name.EndsWith(".weight", StringComparison.Ordinal) || t.Name.EndsWith(".bias", StringComparison.Ordinal))];
        using FileStream stream = File.Create(path);
        stream.Write(SafetensorsBytes.Of(tensors.Select(t => (t.Name, (long[])[.. IsTransposed(t) ? t.Dimensions.Reverse() : t.Dimensions]))));
        foreach (OnnxTensor tensor in tensors)
        {
            float[] numbers = new float[tensor.Count];
            TensorReader.Read(onnx, tensor, 0, numbers);
            foreach (float[] part in (IsTransposed(tensor) ? Transpose(numbers, (int)tensor.Dimensions[1]) : numbers).Chunk(NumbersAtATime))
            {
                stream.Write(MemoryMarshal.AsBytes(part.AsSpan()));
            }
        }
    }

    private static float[] Transpose(float[] numbers, int width)
    {
        int height = numbers.Length / width;
        float[] transposed = new float[numbers.Length];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                transposed[(column * height) + row] = numbers[(row * width) + column];
            }
        }

        return transposed;
    }
}
