using System.Text.Json;
using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>An architecture that graphs can be written for, as a configuration names it.</summary>
/// <param name="ModelType">The <c>model_type</c>.</param>
/// <param name="Class">What the names of its classes begin with: <c>Bert</c> of <c>BertForMaskedLM</c>.</param>
/// <param name="Describe">Its table, from the configuration.</param>
internal sealed record Family(string ModelType, string Class, Func<ModelConfig, Architecture> Describe)
{
    private const string Classifier = "ForSequenceClassification";

    private static readonly Family[] All =
    [
        new("bert", "Bert", Bert.Describe),
        new("distilbert", "DistilBert", DistilBert.Describe),
        new("roberta", "Roberta", Roberta.Describe),
        new("camembert", "Camembert", Roberta.Describe),
        new("xlm-roberta", "XLMRoberta", Roberta.Describe),
        new("modernbert", "ModernBert", ModernBert.Describe),
        new("new", "New", Gte.Describe),
        new("gte", "Gte", Gte.DescribeOfTransformers),
    ];

    /// <summary>What may follow in a class's name: its tensors are those of the encoder, and those of a head beside it.</summary>
    private static readonly string[] Heads =
    [
        "Model", "ForMaskedLM", "ForPreTraining", "ForNextSentencePrediction",
        Classifier, "ForTokenClassification", "ForQuestionAnswering", "ForMultipleChoice",
    ];

    /// <summary>The family of a configuration.</summary>
    /// <exception cref="SpladeModelException">There is none, or it is a model with another head than the task needs.</exception>
    public static Family Find(ModelConfig config, GraphTask task)
    {
        string[] classes = Classes(config);
        Family family = config.Find("model_type") is null
            ? All.FirstOrDefault(f => classes.Any(f.Makes)) ?? throw config.Refusal("architectures", Expected(task))
            : All.FirstOrDefault(f => f.ModelType == config.Text("model_type", ""))
                ?? throw config.Refusal("model_type", $"one of {string.Join(", ", All.Select(f => f.ModelType))}");
        return classes.All(name => family.Makes(name) && (name.EndsWith(Classifier, StringComparison.Ordinal) || task != GraphTask.SequenceClassification))
            ? family
            : throw config.Refusal("architectures", family.Class + Suffix(task));
    }

    /// <summary>The class that a task is for.</summary>
    public string ClassFor(GraphTask task) => Class + Suffix(task);

    private static string Suffix(GraphTask task) => task switch
    {
        GraphTask.MaskedLanguageModel => "ForMaskedLM",
        GraphTask.SequenceClassification => Classifier,
        _ => "Model",
    };

    private static string Expected(GraphTask task) => "one of " + string.Join(", ", All.Select(f => f.ClassFor(task)));

    private static string[] Classes(ModelConfig config) => config.Find("architectures") switch
    {
        null => [],
        JsonElement { ValueKind: JsonValueKind.Array } names when names.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) =>
            [.. names.EnumerateArray().Select(n => n.GetString()!)],
        _ => throw config.Refusal("architectures", "a list of names"),
    };

    private bool Makes(string name) => Heads.Any(head => name == Class + head);
}
