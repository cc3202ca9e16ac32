using System.Text.Json.Nodes;

namespace Splade.Benchmarks.Models;

/// <summary>
/// Folders of models with random weights, in the layout of Sentence Transformers, with the tokenizer of splade-tiny. Their vectors mean
/// nothing; the time and the memory that they take are those of trained models of their size, as far as no shortcut depends on the weights.
/// </summary>
internal static class RandomModel
{
    /// <summary>How many entries of a document's vector are not zero: about as many as trained SPLADE models give.</summary>
    public const int ActiveEntries = 150;

    private const int Seed = 10;

    /// <summary>What the name of a folder ends in: another one when what is written changes, so that no old model is used again.</summary>
    private const string Version = "v1";

    /// <summary>The folder of a model, which is written if it is not there.</summary>
    public static string Ensure(BertShape shape) => Ensure(shape, Path.Combine(Repository.Root, "artifacts", "benchmark-models"));

    /// <param name="shape">Its size.</param>
    /// <param name="parent">The folder of folders.</param>
    public static string Ensure(BertShape shape, string parent)
    {
        string folder = Path.Combine(parent, $"{shape.Name}-{Version}");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"Writing a random model of {shape.Name} into {folder}");
            string unfinished = folder + ".unfinished";
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            Write(shape, unfinished);
            Directory.Move(unfinished, folder);
        }

        return folder;
    }

    private static void Write(BertShape shape, string folder)
    {
        string source = Path.Combine(Repository.Models, "splade-tiny");
        foreach (string file in new[] { "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json", "tokenizer.json", "tokenizer_config.json", "1_SpladePooling/config.json" })
        {
            string target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(source, file), target);
        }

        WriteConfig(shape, Path.Combine(source, "config.json"), Path.Combine(folder, "config.json"));
        string onnx = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "onnx")).FullName, "model.onnx");
        ModelStream.Write(onnx, shape, Seed);
        ModelStream.SetBias(onnx, shape, shape.IsHalf ? BiasOfFloats(shape, folder) : BiasCalibration.Find(folder, ActiveEntries));
    }

    // The same seed gives the same weights, up to rounding. So does the bias: what is calibrated reads floats.
    private static float BiasOfFloats(BertShape shape, string folder)
    {
        string floats = Ensure(shape with { Name = shape.Name.Replace("-fp16", ""), IsHalf = false }, Path.GetDirectoryName(folder)!);
        return ModelStream.GetBias(Path.Combine(floats, "onnx", "model.onnx"));
    }

    private static void WriteConfig(BertShape shape, string source, string target)
    {
        JsonNode config = JsonNode.Parse(File.ReadAllText(source))!;
        config["num_hidden_layers"] = shape.Layers;
        config["hidden_size"] = shape.Hidden;
        config["num_attention_heads"] = shape.Heads;
        config["intermediate_size"] = shape.Intermediate;
        config["max_position_embeddings"] = shape.Positions;
        File.WriteAllText(target, config.ToJsonString());
    }
}
