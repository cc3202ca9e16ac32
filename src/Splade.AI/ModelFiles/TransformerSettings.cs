using System.Collections.Frozen;
using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>Sentence Transformers' own settings of a transformer: <c>sentence_bert_config.json</c>, or one of its older names.</summary>
internal sealed class TransformerSettings
{
    private const string Remedy = "Other values change vectors in a way that is not supported.";

    /// <summary>Names under which versions of Sentence Transformers keep them, newest first.</summary>
    private static readonly string[] FileNames =
    [
        "sentence_bert_config.json", "sentence_roberta_config.json", "sentence_distilbert_config.json", "sentence_camembert_config.json",
        "sentence_albert_config.json", "sentence_xlm-roberta_config.json", "sentence_xlnet_config.json",
    ];

    // What the arguments of the model and of its configuration have changed is in the ONNX file; padding is masked, however it is done.
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "max_seq_length", "do_lower_case", "transformer_task", "modality_config", "module_output_name", "processing_kwargs", "query_length",
        "document_length", "query_expansion", "tokenizer_args", "processor_kwargs", "model_args", "model_kwargs", "config_args", "config_kwargs",
        "unpad_inputs", "architecture", "backend");

    // Of what is given to a tokenizer.
    private static readonly FrozenSet<string> WithoutEffect =
        FrozenSet.Create(StringComparer.Ordinal, "trust_remote_code", "use_fast", "padding_side", "clean_up_tokenization_spaces");

    private TransformerSettings()
    {
    }

    /// <summary>The most tokens of a text that are read; null if it does not say.</summary>
    public int? MaxLength { get; private init; }

    /// <summary>Whether texts are lower-cased before they reach the tokenizer.</summary>
    public bool LowerCases { get; private init; }

    /// <summary>Settings that nobody here has heard of.</summary>
    public IReadOnlyList<string> Unknown { get; private init; } = [];

    /// <exception cref="SpladeModelException">A setting has a value that changes vectors and is not implemented.</exception>
    public static TransformerSettings Read(string folder, TransformerTask task)
    {
        SettingsFile? file = FileNames.Select(name => SettingsFile.ReadIfExists(Path.Combine(folder, name))).FirstOrDefault(f => f is not null);
        if (file is null)
        {
            return new TransformerSettings();
        }

        RequireTask(file, task);
        RequirePlainReading(file);
        return new TransformerSettings
        {
            MaxLength = file.Json.Number("max_seq_length"),
            LowerCases = file.Flag("do_lower_case") ?? false,
            Unknown = [.. file.Unknown(Known)],
        };
    }

    private static void RequireTask(SettingsFile file, TransformerTask task)
    {
        file.Expect("transformer_task", task.Name, "The model is of another kind.");
        file.Expect("module_output_name", task.Meaning, Remedy);
        if (file.Find("modality_config") is not JsonElement modalities)
        {
            return;
        }

        JsonElement? text = modalities.Member("text", JsonValueKind.Object);
        if (text?.Text("method") != "forward" || text?.Text("method_output_name") != task.Output)
        {
            throw file.Refusal("modality_config", $"texts that go through 'forward' to '{task.Output}'", "The model is of another kind.");
        }
    }

    private static void RequirePlainReading(SettingsFile file)
    {
        file.ExpectNothing("query_expansion", Remedy);
        file.ExpectNothing("query_length", "Set 'max_seq_length' for all texts, or MaxTokens with each call.");
        file.ExpectNothing("document_length", "Set 'max_seq_length' for all texts, or MaxTokens with each call.");
        foreach (string name in new[] { "text", "common" })
        {
            if (file.Find("processing_kwargs")?.Member(name, JsonValueKind.Object) is JsonElement arguments && arguments.EnumerateObject().Any())
            {
                throw file.Refusal("processing_kwargs", $"nothing for '{name}'", Remedy);
            }
        }

        foreach (string name in new[] { "tokenizer_args", "processor_kwargs" })
        {
            if (file.Find(name) is { ValueKind: JsonValueKind.Object } arguments && arguments.EnumerateObject().Any(a => !WithoutEffect.Contains(a.Name)))
            {
                throw file.Refusal(name, "nothing that changes tokens", "Put it into tokenizer_config.json instead.");
            }
        }
    }
}
