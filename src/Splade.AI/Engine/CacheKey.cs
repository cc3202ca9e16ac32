using System.Globalization;
using Splade.AI.ModelFiles;

namespace Splade.AI;

/// <summary>What the key of a cached embedding must have beside the text and the options of the call: all else that an embedding depends on.</summary>
/// <remarks>Texts only, so that any serializer can hash them.</remarks>
internal static class CacheKey
{
    /// <summary>To be counted up when the same model and options begin to give other vectors, or are written as older versions do not read them.</summary>
    private const string Version = "splade.ai/1";

    /// <summary>Of a sparse vector. What is added to the options of engines, and changes vectors, is added here; a test asks for it.</summary>
    public static IReadOnlyList<object> Of(SpladeParts parts, Precision precision, SpladeInputType inputType)
    {
        SpladeEngineOptions options = parts.Options;
        return
        [
            .. OfModel("sparse", parts.Model.Name, parts.Tokenizer.Vocabulary.Count, parts.Model.OnnxFile, parts.Print, options, parts.Settings.MaxTokens),
            $"input={inputType}",
            $"precision={precision}",
            Setting("top", options.MaxActiveDimensions),
            $"drop={parts.DropsSpecialTokens}",
            $"policy={parts.Options.Policy?.Hash ?? "none"}",
            $"long={options.LongTextHandling}",
            Setting("overlap", options.WindowOverlap),
        ];
    }

    /// <summary>Of a dense vector.</summary>
    public static IReadOnlyList<object> Of(DenseModel model, int dimensions, ModelPrint print, EncoderOptions options, int maxTokens) =>
        OfModel("dense", model.Name, dimensions, model.OnnxFile, print, options, maxTokens);

    private static string[] OfModel(
        string kind, string model, int dimensions, string onnxFile, ModelPrint print, EncoderOptions options, int maxTokens) =>
    [
        Version,
        kind,
        model,
        Setting("dimensions", dimensions),
        $"file={Path.GetFileName(onnxFile)}",
        $"print={print.Value}",
        Setting("tokens", maxTokens),
        $"special={options.SpecialTokensInText}",
    ];

    private static string Setting(string name, int? value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
