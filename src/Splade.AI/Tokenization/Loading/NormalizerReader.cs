using System.Text.Json;
using Splade.AI.Tokenization.Normalizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>normalizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class NormalizerReader
{
    private const string Supported =
        "BertNormalizer, NFC, NFD, NFKC, NFKD, Lowercase, StripAccents, Strip, Replace, Prepend, Precompiled, Nmt or Sequence";

    public static NormalizerChain Read(JsonElement json, string path)
    {
        List<Normalizer> steps = [];
        if (!JsonParts.IsAbsent(json))
        {
            AddTo(steps, json, path);
        }

        return new NormalizerChain([.. steps]);
    }

    private static void AddTo(List<Normalizer> steps, JsonElement json, string path)
    {
        string? type = JsonParts.TypeOf(json);
        if (type != "Sequence")
        {
            steps.Add(ReadStep(type, json, path));
            return;
        }

        foreach (JsonElement step in JsonParts.List(json, "normalizers"))
        {
            AddTo(steps, step, path);
        }
    }

    private static Normalizer ReadStep(string? type, JsonElement json, string path) => type switch
    {
        "BertNormalizer" => ReadBert(json),
        "NFC" => new UnicodeNormalizer(composes: true, isCompatible: false),
        "NFD" => new UnicodeNormalizer(composes: false, isCompatible: false),
        "NFKC" => new UnicodeNormalizer(composes: true, isCompatible: true),
        "NFKD" => new UnicodeNormalizer(composes: false, isCompatible: true),
        "Lowercase" => new BertNormalizer { Lowers = true },
        "StripAccents" => new AccentStripper(),
        "Strip" => new SpaceStripper(JsonParts.Flag(json, "strip_left"), JsonParts.Flag(json, "strip_right")),
        "Replace" => new ReplaceNormalizer(PatternReader.Read(json, path), JsonParts.Text(json, "content")),
        "Prepend" => new PrependNormalizer(JsonParts.Text(json, "prepend")),
        "Precompiled" => new PrecompiledNormalizer(ReadMap(json, path)),
        "Nmt" => new NmtNormalizer(),
        _ => throw new SpladeModelException(
            $"Found a normalizer of type {type ?? "none"}, expected {Supported}. Use a model whose tokenizer has one of these.", path),
    };

    private static BertNormalizer ReadBert(JsonElement json)
    {
        bool lowers = JsonParts.Flag(json, "lowercase");
        return new BertNormalizer
        {
            CleansText = JsonParts.Flag(json, "clean_text"),
            SeparatesChinese = JsonParts.Flag(json, "handle_chinese_chars"),
            StripsAccents = JsonParts.Flag(json, "strip_accents", absent: lowers),
            Lowers = lowers,
        };
    }

    private static CharacterMap ReadMap(JsonElement json, string path)
    {
        JsonElement map = json.TryGetProperty("precompiled_charsmap", out JsonElement value) ? value : default;
        bool isBase64 = map.ValueKind == JsonValueKind.String && map.TryGetBytesFromBase64(out _);
        return (isBase64 ? CharacterMap.TryRead(map.GetBytesFromBase64()) : null) ?? throw new SpladeModelException(
            "Found a precompiled_charsmap that is none, expected that of SentencePiece in base 64. Fetch the file again.", path);
    }
}
