using System.Globalization;

namespace Splade.AI;

/// <summary>What the key of a cached embedding must have beside the text and the options of the call: all else that an embedding depends on.</summary>
/// <remarks>Texts only, so that any serializer can hash them.</remarks>
internal static class CacheKey
{
    /// <summary>To be counted up when the same model and options begin to give other vectors, or are written as older versions do not read them.</summary>
    private const string Version = "splade.ai/2";

    /// <summary>Of a sparse vector. What is added to the options of engines, and changes vectors, is added here; a test asks for it.</summary>
    public static IReadOnlyList<object> Of(SpladeParts parts, Precision precision, EmbeddingInputType inputType)
    {
        return
        [
            .. OfModel("sparse", parts.Identity.ModelHash!, parts.Identity.Dimensions, parts.Options, parts.Settings.MaxTokens),
            $"input={inputType}",
            $"precision={precision}",
            $"drop={parts.DropsSpecialTokens}",
            $"policy={parts.Options.Policy?.Hash ?? "none"}",
        ];
    }

    /// <summary>Of the vector of a sparse encoder whose identity has all that it depends on.</summary>
    public static IReadOnlyList<object> Of(SparseModelIdentity identity, EmbeddingInputType inputType) =>
        [Version, "sparse", identity.ModelHash!, Setting("dimensions", identity.Dimensions), $"input={inputType}"];

    /// <summary>Of a dense vector.</summary>
    public static IReadOnlyList<object> Of(ModelFingerprint fingerprint, int dimensions, EncoderOptions options, int maxTokens, Precision precision) =>
        [.. OfModel("dense", fingerprint.Value, dimensions, options, maxTokens), $"precision={precision}"];

    /// <summary>Of the vector of an encoder whose identity has all that it depends on beside the options.</summary>
    public static IReadOnlyList<object> Of(SparseModelIdentity identity, EncoderParts parts, EmbeddingInputType inputType) =>
        [.. OfModel("sparse", identity.ModelHash!, identity.Dimensions, parts.Options, parts.Settings.MaxTokens), $"input={inputType}"];

    private static string[] OfModel(string kind, string hash, int dimensions, EncoderOptions options, int maxTokens) =>
    [
        Version,
        kind,
        hash,
        Setting("dimensions", dimensions),
        Setting("tokens", maxTokens),
        $"special={options.SpecialTokensInText}",
        .. options.Encoding.ToKey(),
    ];

    private static string Setting(string name, int? value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");
}
