using System.Text.Json;
using Splade.AI.Tokenization.Patterns;
using Splade.AI.Tokenization.PreTokenizers;

namespace Splade.AI.Tokenization.Loading;

/// <summary>Reads the <c>pre_tokenizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerReader
{
    private const string Supported =
        "BertPreTokenizer, ByteLevel, Metaspace, Whitespace, WhitespaceSplit, Punctuation, Digits, Split or Sequence";

    public static PreTokenization Read(JsonElement json, string path)
    {
        if (JsonParts.IsAbsent(json))
        {
            return new PreTokenization();
        }

        var result = new PreTokenization { IsBert = JsonParts.TypeOf(json) == "BertPreTokenizer" };
        AddTo(result, json, path);
        return result;
    }

    private static void AddTo(PreTokenization result, JsonElement json, string path)
    {
        string? type = JsonParts.TypeOf(json);
        if (result.IsByteLevel)
        {
            throw new SpladeModelException(
                $"Found a pre_tokenizer of type {type} after ByteLevel, expected ByteLevel to be the last. Put it last.", path);
        }

        switch (type)
        {
            case "Sequence":
                foreach (JsonElement step in JsonParts.List(json, "pretokenizers"))
                {
                    AddTo(result, step, path);
                }

                break;
            case "BertPreTokenizer":
                result.Steps.Add(SplitAtSpace());
                result.Steps.Add(new Splitter(new ScalarPattern(ScalarTraits.Punctuation), SplitBehavior.Isolated));
                break;
            case "ByteLevel":
                AddByteLevel(result, json, path);
                break;
            case "Metaspace":
                AddMetaspace(result, json, path);
                break;
            default:
                result.Steps.Add(ReadSplitter(type, json, path));
                break;
        }
    }

    private static Splitter ReadSplitter(string? type, JsonElement json, string path) => type switch
    {
        "WhitespaceSplit" => SplitAtSpace(),
        "Whitespace" => new Splitter(new WordPattern(), SplitBehavior.Removed, isInverted: true),
        "Punctuation" => new Splitter(new ScalarPattern(ScalarTraits.Punctuation), ReadBehavior(json, SplitBehavior.Isolated)),
        "Digits" => new Splitter(
            new ScalarPattern(ScalarTraits.Number | ScalarTraits.RecentNumber),
            JsonParts.Flag(json, "individual_digits") ? SplitBehavior.Isolated : SplitBehavior.Contiguous),
        "Split" => new Splitter(PatternReader.Read(json, path), ReadBehavior(json, absent: null), JsonParts.Flag(json, "invert")),
        _ => throw new SpladeModelException(
            $"Found a pre_tokenizer of type {type ?? "none"}, expected {Supported}. Use a model whose tokenizer has one of these.", path),
    };

    private static Splitter SplitAtSpace() => new(new ScalarPattern(ScalarTraits.WhiteSpace), SplitBehavior.Removed);

    private static SplitBehavior ReadBehavior(JsonElement json, SplitBehavior? absent)
    {
        string? name = JsonParts.OptionalText(json, "behavior");
        string[] names = Enum.GetNames<SplitBehavior>();
        return name is null && absent is SplitBehavior behavior ? behavior
            : names.Contains(name) ? Enum.Parse<SplitBehavior>(name!)
            : throw new JsonException($"The setting behavior is {name ?? "missing"}, not one of {string.Join(", ", names)}.");
    }

    private static void AddByteLevel(PreTokenization result, JsonElement json, string path)
    {
        if (JsonParts.Flag(json, "add_prefix_space"))
        {
            result.AddMarker(new SpaceMarker(' ', PrefixScheme.Always), path);
        }

        if (JsonParts.Flag(json, "use_regex", absent: true))
        {
            result.Steps.Add(new Splitter(new Gpt2Pattern(), SplitBehavior.Isolated));
        }

        result.IsByteLevel = true;
    }

    private static void AddMetaspace(PreTokenization result, JsonElement json, string path)
    {
        string replacement = JsonParts.Text(json, "replacement");
        if (replacement.Length != 1)
        {
            throw new SpladeModelException(
                $"Found the replacement '{replacement}' of Metaspace, expected one character, such as ▁. Correct it.", path);
        }

        result.AddMarker(new SpaceMarker(replacement[0], ReadScheme(json, path)), path);
        if (JsonParts.Flag(json, "split", absent: true))
        {
            result.Steps.Add(new Splitter(new LiteralPattern(replacement), SplitBehavior.MergedWithNext));
        }
    }

    private static PrefixScheme ReadScheme(JsonElement json, string path)
    {
        string scheme = JsonParts.OptionalText(json, "prepend_scheme") ?? "always";
        bool addsPrefix = JsonParts.Flag(json, "add_prefix_space", absent: scheme != "never");
        return (scheme, addsPrefix) switch
        {
            ("always", true) => PrefixScheme.Always,
            ("first", true) => PrefixScheme.First,
            ("never", _) => PrefixScheme.Never,
            ("always" or "first", false) => throw new SpladeModelException(
                $"Found add_prefix_space false and prepend_scheme {scheme} in Metaspace, expected them to agree. "
                + "Remove add_prefix_space.",
                path),
            _ => throw new JsonException($"The setting prepend_scheme is {scheme}, not always, first or never."),
        };
    }
}
