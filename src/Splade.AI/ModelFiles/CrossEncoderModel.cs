using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>What a folder says of its cross-encoder, read and checked before the model is loaded.</summary>
internal sealed record CrossEncoderModel
{
    private const string GenerativeReranker =
        "It scores by the tokens 'yes' and 'no' that a model generates, which is not supported: use a reranker that is a classifier.";

    private CrossEncoderModel()
    {
    }

    /// <summary>The folder's name, or <c>owner/name</c> for a model in the Hugging Face cache.</summary>
    public string Name => Files.Name;

    public required ModelFolder Files { get; init; }

    /// <summary>The names of its labels, in the order of its logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What makes the score of a logit.</summary>
    public required ScoreActivation Activation { get; init; }

    public required TransformerFolder Transformer { get; init; }

    /// <exception cref="SpladeModelException">A file is missing or wrong, or the model is of another kind.</exception>
    public static CrossEncoderModel Read(string folder, string? modelFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ModelFolder files = ModelFolder.Read(folder);
        string place = FindTransformer(files);
        var config = SettingsFile.Read(Path.Combine(place, "config.json"));
        RequireClassifier(files, config);
        files.RequireModelType("CrossEncoder");
        RequireNoPrompt(files);
        var transformer = TransformerFolder.Read(place, TransformerTask.SequenceClassification, modelFile);
        IReadOnlyList<string> labels = LabelNames.Read(config);
        (ScoreActivation activation, string? passedOver) = ScoreActivations.Read(files.Path, config, labels.Count);
        return new CrossEncoderModel
        {
            Files = files,
            Labels = labels,
            Activation = activation,
            Transformer = passedOver is null ? transformer : transformer with { UnknownSettings = [.. transformer.UnknownSettings, passedOver] },
        };
    }

    /// <summary>The place of the logit that makes the score.</summary>
    /// <param name="label">Its label, by name or by number from 0; null where there is one.</param>
    /// <exception cref="ArgumentException">There is no such label, or there are several and none was said.</exception>
    public int FindLabel(string? label)
    {
        string names = string.Join(", ", Labels.Select((name, i) => $"{i} '{name}'"));
        if (label is null)
        {
            return Labels.Count == 1 ? 0 : throw new ArgumentException(
                $"'{Name}' has the labels {names}, and texts are ordered by one. Set CrossEncoderRerankerOptions.Label to its name or number.", nameof(label));
        }

        int found = Labels.ToList().IndexOf(label);
        found = found < 0 && int.TryParse(label, out int number) && number >= 0 && number < Labels.Count ? number : found;
        return found >= 0 ? found : throw new ArgumentException($"'{Name}' has no label '{label}', only {names}. Name one of these.", nameof(label));
    }

    private static string FindTransformer(ModelFolder files) => files.Modules switch
    {
        null => files.Path,
        [{ IsTransformer: true } transformer] => transformer.Folder,
        [.., { Kind: "LogitScore" }] modules => throw new SpladeModelException(
            $"The modules are {ModelModule.Kinds(modules)}. {GenerativeReranker}", Path.Combine(files.Path, "modules.json")),
        IReadOnlyList<ModelModule> modules => throw new SpladeModelException(
            $"The modules are {ModelModule.Kinds(modules)}. Expected a reranker, which has a Transformer alone; a SPLADE model goes to SpladeEngine, "
            + "a dense one to DenseEmbeddingGenerator.",
            Path.Combine(files.Path, "modules.json")),
    };

    private static void RequireClassifier(ModelFolder files, SettingsFile config)
    {
        string[] found = [.. TransformerFolder.ArchitecturesOf(config.Json)];
        if (found.Any(name => name.EndsWith(TransformerTask.Classifier, StringComparison.Ordinal)))
        {
            return;
        }

        string remedy =
            found.Any(name => name.EndsWith("ForCausalLM", StringComparison.Ordinal)) ? GenerativeReranker
            : TransformerFolder.IsMaskedLanguageModel(config.Json) ? "A SPLADE model goes to SpladeEngine."
            : ForeignLayout.Describe(files) is string other ? $"The folder holds {other}."
            : "A dense model goes to DenseEmbeddingGenerator.";
        throw new SpladeModelException(
            $"'architectures' is [{string.Join(", ", found)}], expected a reranker, '...{TransformerTask.Classifier}'. {remedy}", config.Path);
    }

    private static void RequireNoPrompt(ModelFolder files)
    {
        if (files.DefaultPromptName is string name && files.Prompts.GetValueOrDefault(name) is { Length: > 0 } prompt)
        {
            throw new SpladeModelException(
                $"'default_prompt_name' is '{name}', which stands for '{prompt}'. Expected no prompt: those of rerankers are not supported.",
                Path.Combine(files.Path, "config_sentence_transformers.json"));
        }
    }
}
