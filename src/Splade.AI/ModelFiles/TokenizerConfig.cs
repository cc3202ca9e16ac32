using System.Collections.Frozen;
using Splade.AI.Files;

namespace Splade.AI.ModelFiles;

/// <summary>What <c>tokenizer_config.json</c> says beside <c>tokenizer.json</c>: limits, and settings that transformers puts above that file's.</summary>
internal sealed class TokenizerConfig
{
    // What is read, what is compared with tokenizer.json, and what is known to change no ids of a single text: padding is masked, the rest is for
    // decoding, chats and pairs, or speaks to slow tokenizers.
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "model_max_length", "truncation_side", "unk_token", "do_lower_case", "strip_accents", "tokenize_chinese_chars", "add_prefix_space",
        "split_special_tokens", "add_bos_token", "add_eos_token", "added_tokens_decoder", "additional_special_tokens", "extra_special_tokens",
        "bos_token", "eos_token", "sep_token", "pad_token", "cls_token", "mask_token", "tokenizer_class",
        "auto_map", "backend", "bos_token_id", "chat_template", "clean_up_tokenization_spaces", "cls_token_id", "do_basic_tokenize", "errors",
        "eos_token_id", "fast_tokenizer", "from_slow", "image_token", "is_local", "keep_accents", "lang", "legacy", "local_files_only", "mask_token_id",
        "max_len", "max_length", "merges_file", "model_input_names", "model_specific_special_tokens", "model_type", "name_or_path", "never_split",
        "pad_to_multiple_of", "pad_token_id", "pad_token_type_id", "padding", "padding_side", "processor_class", "remove_space", "return_tensors",
        "return_token_type_ids", "sep_token_id", "sp_model_kwargs", "special_tokens_map_file", "stride", "tokenizer_file", "trim_offsets", "truncation",
        "truncation_strategy", "unk_id", "unk_token_id", "use_default_system_prompt", "use_fast", "vocab_file", "vocab_size", "wordpieces_prefix");

    private readonly SettingsFile? _file;

    private TokenizerConfig(SettingsFile? file) => _file = file;

    /// <summary>The most tokens of a text that are read; null if it does not say.</summary>
    public int? MaxLength => _file?.Json.Number("model_max_length");

    /// <summary>Whether a text that is too long loses its first tokens; null if it does not say.</summary>
    public bool? TruncatesLeft { get; private init; }

    /// <summary>The token that stands for what the vocabulary lacks; null if it names none.</summary>
    public string? UnknownToken => Token("unk_token");

    /// <summary>The limit that was in force when the tokenizer was saved, which FastEmbed obeys; null if it does not say.</summary>
    public int? SavedLength => _file?.Json.Number("max_length");

    /// <summary>A special token by the name of its setting, such as <c>cls_token</c>; null if it names none.</summary>
    public string? Token(string setting) => _file is null ? null : SpecialTokenSettings.ContentOf(_file.Find(setting));

    /// <summary>Settings that nobody here has heard of.</summary>
    public IEnumerable<string> Unknown => _file?.Unknown(Known) ?? [];

    /// <exception cref="SpladeModelException">A setting has a value that is none.</exception>
    public static TokenizerConfig Read(string folder)
    {
        SettingsFile? file = SettingsFile.ReadIfExists(Path.Combine(folder, "tokenizer_config.json"));
        return new TokenizerConfig(file)
        {
            TruncatesLeft = file?.Find("truncation_side") is null ? null : file.Json.Text("truncation_side") switch
            {
                "left" => true,
                "right" => false,
                _ => throw file.Refusal("truncation_side", "left or right", "Correct it."),
            },
        };
    }

    /// <summary>Refuses settings that would make other tokens than tokenizer.json does.</summary>
    /// <exception cref="SpladeModelException">One would.</exception>
    public void RequireAgreement(Tokenization.TokenizerFacts facts, int tokensBefore, int tokensAfter)
    {
        if (_file is null)
        {
            return;
        }

        const string Remedy = "tokenizer.json says otherwise, and which of them the model was made with is not known. Save the tokenizer again.";
        RequireNormalizer(_file, facts.Normalizer, Remedy);
        RequireFlag(_file, "add_prefix_space", facts.AddsPrefixSpace, Remedy);
        RequireFlag(_file, "split_special_tokens", false, "Set it to false, and SpecialTokensInText to false where the model is loaded.");
        if (tokensBefore == 0)
        {
            RequireFlag(_file, "add_bos_token", false, Remedy);
        }

        if (tokensAfter == 0)
        {
            RequireFlag(_file, "add_eos_token", false, Remedy);
        }

        SpecialTokenSettings.RequireAgreement(_file, facts);
    }

    // Classes of one model make their BertNormalizer anew from these settings; the classes for all models leave it as it is.
    private static void RequireNormalizer(SettingsFile file, Tokenization.Normalizers.BertNormalizer? normalizer, string remedy)
    {
        if (normalizer is null || file.Json.Text("tokenizer_class") is "PreTrainedTokenizerFast" or "TokenizersBackend")
        {
            return;
        }

        RequireFlag(file, "do_lower_case", normalizer.Lowers, remedy);
        RequireFlag(file, "strip_accents", normalizer.StripsAccents, remedy);
        RequireFlag(file, "tokenize_chinese_chars", normalizer.SeparatesChinese, remedy);
    }

    private static void RequireFlag(SettingsFile file, string name, bool? expected, string remedy)
    {
        if (expected is bool value && file.Flag(name) == !value)
        {
            throw file.Refusal(name, value ? "true" : "false", remedy);
        }
    }
}
