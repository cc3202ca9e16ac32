using System.Globalization;
using System.Text.Json;
using Splade.AI.Files;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx.Outputs;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Bm42;

/// <summary>A folder in FastEmbed's layout of BM42: told by an output with the attention of the last layer, and by a list of stop words.</summary>
/// <param name="Files">The folder.</param>
/// <param name="Transformer">The transformer in it, with FastEmbed's limit of tokens.</param>
/// <param name="Attention">The output with the attention of the last layer.</param>
/// <param name="StopWords">The file of the stop words.</param>
internal sealed record Bm42Folder(ModelFolder Files, TransformerFolder Transformer, ReadOutput Attention, string StopWords)
{
    private const string StopWordsName = "stopwords.txt";

    /// <exception cref="SpladeModelException">A file is missing or wrong, or the folder holds another model.</exception>
    public static Bm42Folder Read(string folder, string? modelFile)
    {
        ModelFolder files = ModelFolder.Read(folder);
        var transformer = TransformerFolder.Read(files.Path, TransformerTask.FeatureExtraction, modelFile);
        JsonElement config = JsonFile.Read(Path.Combine(files.Path, "config.json"));
        string stopWords = Path.Combine(files.Path, StopWordsName);
        string attention = $"attention_{config.Number("num_hidden_layers")?.ToString(CultureInfo.InvariantCulture) ?? "of the last layer"}";
        using OnnxFile model = transformer.Source.Graph.Open();
        if (model.Outputs.FirstOrDefault(o => o.Name == attention) is not { Dimensions.Count: 4 } || !CheckedFile.Exists(stopWords))
        {
            throw new SpladeModelException(
                $"The model gives [{string.Join(", ", model.Outputs.Select(o => $"'{o.Name}' of rank {o.Dimensions?.Count}"))}], and {StopWordsName} is "
                + $"{(CheckedFile.Exists(stopWords) ? "there" : "missing")}. Expected BM42 as FastEmbed publishes it: an ONNX file with the output "
                + $"'{attention}' of rank 4, [texts, heads, tokens, tokens], and {StopWordsName} in the folder.",
                transformer.Source.Path);
        }

        return new Bm42Folder(
            files,
            transformer with { MaxTokens = TokenLimit.OfFastEmbed(transformer.TokenizerConfig, config, files.Path) },
            new ReadOutput(attention, OutputKind.Attention, config.Number("num_attention_heads")),
            stopWords);
    }
}
