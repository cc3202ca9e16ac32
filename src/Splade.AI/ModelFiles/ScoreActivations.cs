using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Reads which activation a cross-encoder's folder asks for, as <c>CrossEncoder.get_default_activation_fn</c> of Sentence Transformers does.</summary>
internal static class ScoreActivations
{
    private const string Name = "activation_fn";
    private const string OldName = "sbert_ce_default_activation_function";

    /// <returns>The activation, and the setting that was passed over for it; null for none.</returns>
    /// <exception cref="SpladeModelException">It is one of torch's that is not supported.</exception>
    public static (ScoreActivation Activation, string? PassedOver) Read(string folder, SettingsFile config, int labels)
    {
        ScoreActivation usual = labels == 1 ? ScoreActivation.Sigmoid : ScoreActivation.Identity;
        var sentence = SettingsFile.ReadIfExists(Path.Combine(folder, "config_sentence_transformers.json"));
        (string? name, string path) = sentence?.Json.Text(Name) is string newest
            ? (newest, sentence.Path)
            : (config.Json.Member("sentence_transformers", JsonValueKind.Object)?.Text(Name) ?? config.Json.Text(OldName), config.Path);
        return name switch
        {
            null => (usual, null),

            // Names outside torch stand for code of the model's own, which nobody runs unasked.
            _ when !name.StartsWith("torch.", StringComparison.Ordinal) => (usual, $"the activation '{name}' of {Path.GetFileName(path)}"),
            _ when name.EndsWith(".Identity", StringComparison.Ordinal) => (ScoreActivation.Identity, null),
            _ when name.EndsWith(".Sigmoid", StringComparison.Ordinal) => (ScoreActivation.Sigmoid, null),
            _ => throw new SpladeModelException(
                $"The activation of scores is '{name}', expected torch's Identity or Sigmoid. Others are not supported: use another model.", path),
        };
    }

    /// <summary>The score of a logit.</summary>
    public static float Apply(this ScoreActivation activation, float logit) =>
        activation == ScoreActivation.Sigmoid ? (float)(1 / (1 + Math.Exp(-logit))) : logit;
}
