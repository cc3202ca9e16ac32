using System.Globalization;
using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Reads the names of a classifier's labels.</summary>
internal static class LabelNames
{
    /// <summary>What transformers takes where a configuration does not say.</summary>
    private const int UsualCount = 2;

    /// <summary>More than any classifier of texts has.</summary>
    private const int MostCount = 1 << 16;

    /// <summary>Those of <c>id2label</c>, in the order of their numbers, else <c>LABEL_0</c> and so on.</summary>
    /// <exception cref="SpladeModelException">The numbers are not those from 0 on, or the names no texts.</exception>
    public static IReadOnlyList<string> Read(SettingsFile config)
    {
        if (config.Find("id2label") is not JsonElement labels)
        {
            int count = config.Json.Number("num_labels") ?? UsualCount;
            return count is >= 1 and <= MostCount
                ? [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"LABEL_{i}"))]
                : throw config.Refusal("num_labels", $"from 1 to {MostCount}", "Correct it.");
        }

        const string Expected = "an object with a name for each number from 0 on";
        if (labels.ValueKind != JsonValueKind.Object || !labels.EnumerateObject().Any())
        {
            throw config.Refusal("id2label", Expected, "Correct it.");
        }

        string?[] names = new string?[labels.EnumerateObject().Count()];
        foreach (JsonProperty label in labels.EnumerateObject())
        {
            bool isNumber = int.TryParse(label.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id < names.Length;
            if (!isNumber || names[id] is not null || label.Value.ValueKind != JsonValueKind.String)
            {
                throw config.Refusal("id2label", Expected, "Correct it.");
            }

            names[id] = label.Value.GetString();
        }

        return names!;
    }
}
