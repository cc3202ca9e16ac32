using System.Text.Json;

namespace Splade.AI.Architectures.Settings;

/// <summary>How many labels a classifier has.</summary>
internal static class LabelCount
{
    /// <summary>Those that are named, else what <c>num_labels</c> says; null if nothing says.</summary>
    public static int? Read(ModelConfig config) => config.Find("id2label") switch
    {
        JsonElement { ValueKind: JsonValueKind.Object } labels when labels.EnumerateObject().Any() => labels.EnumerateObject().Count(),
        not null => throw config.Refusal("id2label", "an object with the labels"),
        null => config.Find("num_labels") is null ? null : config.Count("num_labels", 1),
    };
}
