using System.Text;
using System.Text.Json;
using Splade.AI.Files;

namespace Splade.AI.Tokenization.Loading;

/// <summary>
/// Makes of a BERT model's <c>vocab.txt</c>, which older models have alone, and of the <c>tokenizer_config.json</c> beside it the
/// <c>tokenizer.json</c> that transformers makes of them.
/// </summary>
internal static class BertTokenizerJson
{
    /// <summary>The file of the vocabulary: a token to a line, in the order of their ids.</summary>
    public const string FileName = "vocab.txt";

    private const string Prefix = "##";
    private const char ByteOrderMark = '\uFEFF';
    private const string Remedy = "Save the tokenizer with transformers, which writes a tokenizer.json.";

    private const string Class = "tokenizer_class";

    private static readonly string[] JapaneseWords = ["mecab_kwargs", "sudachi_kwargs", "jumanpp_kwargs"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="SpladeModelException">A file cannot be read, or a setting asks for something that is not supported.</exception>
    public static byte[] Write(string path, long maxLength)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Dictionary<string, int> ids = ReadIds(path, maxLength);
        string config = Path.Combine(folder, "tokenizer_config.json");
        SettingsFile settings = SettingsFile.ReadIfExists(config) ?? new SettingsFile(config, default);
        RequireKnown(folder, settings);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, ids, settings, path);
        }

        return stream.ToArray();
    }

    private static Dictionary<string, int> ReadIds(string path, long maxLength)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        using var lines = new StringReader(Decode(CheckedFile.ReadAllBytes(path, maxLength), path).TrimStart(ByteOrderMark).TrimEnd('\r', '\n'));
        while (lines.ReadLine() is string token)
        {
            if (token.Length == 0)
            {
                throw new SpladeModelException($"Line {ids.Count + 1} is blank, expected a token. Copy the file again from its origin.", path);
            }

            if (!ids.TryAdd(token, ids.Count))
            {
                throw new SpladeModelException(
                    $"Lines {ids[token] + 1} and {ids.Count + 1} are both '{token}', expected a line for each token. Copy the file again from its origin.",
                    path);
            }
        }

        return ids;
    }

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new SpladeModelException($"The file is not UTF-8: {e.Message} Copy it again from its origin.", path, e);
        }
    }

    private static void RequireKnown(string folder, SettingsFile settings)
    {
        RequireClass(settings.Find(Class) is null ? SettingsFile.ReadIfExists(Path.Combine(folder, "config.json")) : settings);
        settings.Expect("wordpieces_prefix", Prefix, Remedy);
        settings.Expect("word_tokenizer_type", "basic", Remedy);
        settings.Expect("subword_tokenizer_type", "wordpiece", Remedy);
        foreach (string words in JapaneseWords)
        {
            settings.ExpectNothing(words, Remedy);
        }

        string added = Path.Combine(folder, "added_tokens.json");
        if (CheckedFile.Exists(added))
        {
            throw new SpladeModelException($"Tokens are added to those of {FileName}, which is read alone. {Remedy}", added);
        }
    }

    // Transformers asks the tokenizer's settings first, and then the model's.
    private static void RequireClass(SettingsFile? settings)
    {
        if (settings?.Find(Class) is not null
            && settings.Json.Text(Class) is not ("BertTokenizer" or "BertTokenizerFast" or "DistilBertTokenizer" or "DistilBertTokenizerFast"))
        {
            throw settings.Refusal(Class, "BertTokenizer or DistilBertTokenizer", Remedy);
        }
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, int> ids, SettingsFile settings, string path)
    {
        BertSpecialTokens tokens = BertSpecialTokens.Read(settings, ids, path);
        if (SettingsFile.ReadIfExists(Path.Combine(Path.GetDirectoryName(settings.Path)!, "special_tokens_map.json")) is SettingsFile map)
        {
            tokens.RequireAgreement(map, Remedy);
        }

        json.WriteStartObject();
        json.WriteString("version", "1.0");
        tokens.WriteAdded(json);
        json.WriteStartObject("normalizer");
        json.WriteString("type", "BertNormalizer");
        json.WriteBoolean("clean_text", true);
        json.WriteBoolean("lowercase", Flag(settings, "do_lower_case") ?? true);
        json.WriteBoolean("handle_chinese_chars", Flag(settings, "tokenize_chinese_chars") ?? true);
        if (Flag(settings, "strip_accents") is bool strips)
        {
            json.WriteBoolean("strip_accents", strips);
        }

        json.WriteEndObject();
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "BertPreTokenizer");
        json.WriteEndObject();
        tokens.WriteTemplate(json);
        json.WriteStartObject("model");
        json.WriteString("type", "WordPiece");
        json.WriteString("unk_token", tokens.Unknown);
        json.WriteString("continuing_subword_prefix", Prefix);
        json.WriteNumber("max_input_chars_per_word", 100);
        json.WriteStartObject("vocab");
        foreach ((string token, int id) in ids)
        {
            json.WriteNumber(token, id);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A flag of another kind would count as absent, and a case that matters be lost.
    private static bool? Flag(SettingsFile settings, string name) => settings.Find(name) is null || settings.Flag(name) is not null
        ? settings.Flag(name)
        : throw settings.Refusal(name, "true or false", "Correct it.");
}
