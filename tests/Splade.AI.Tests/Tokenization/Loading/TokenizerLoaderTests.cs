using System.Text.Json.Nodes;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization.Loading;

public sealed class TokenizerLoaderTests
{
    private static readonly string[] Replacements =
        ["null", "7", "\"x\"", "[]", "{}", "[null]", "{\"type\":null}", "true", "-1", "1e99"];

    private static readonly string Folder = Path.Combine(Repository.TestData, "tokenizers");

    [Theory]
    [InlineData("malformed", "Found no well-formed tokenizer")]
    [InlineData("null", "Found no well-formed tokenizer")]
    [InlineData("version", "Found version 2.0, expected 1.0")]
    [InlineData("normalizer-type", "Found a normalizer of type ByteLevel")]
    [InlineData("normalizer-setting-missing", "lowercase")]
    [InlineData("pre-tokenizer-missing", "Found no pre_tokenizer")]
    [InlineData("pre-tokenizer-type", "Found a pre_tokenizer of type UnicodeScripts")]
    [InlineData("model-missing", "Found no model")]
    [InlineData("model-type", "Found a model of type WordLevel")]
    [InlineData("model-type-missing", "Found a model of type none")]
    [InlineData("model-no-object", "kind String")]
    [InlineData("max-word-length", "Found max_input_chars_per_word 0")]
    [InlineData("vocabulary-gap", "Found id 9 for token 'world'")]
    [InlineData("vocabulary-duplicate", "Found id 3 for token 'world'")]
    [InlineData("vocabulary-null", "vocab")]
    [InlineData("unknown-token-missing", "Found no token '[unk]'")]
    [InlineData("added-token-empty", "Found added token 6 without content")]
    [InlineData("added-token-other-id", "Found id 4 for added token '[UNK]', expected 0")]
    [InlineData("added-token-gap", "Found id 8 for added token 'new', expected 6")]
    [InlineData("added-token-normalized-away", "of which the normalizer leaves nothing")]
    [InlineData("added-token-null", "added_tokens")]
    [InlineData("post-processor-type", "Found a post_processor of type Padding")]
    [InlineData("post-processor-type-missing", "The post_processor has no type")]
    [InlineData("bert-processing-malformed", "A token of BertProcessing")]
    [InlineData("template-two-texts", "Found the text 2 times")]
    [InlineData("template-second-text", "Found sequence 'B'")]
    [InlineData("template-unknown-piece", "Found sequence 'none'")]
    [InlineData("template-token-missing", "Found special token '[SEP]'")]
    [InlineData("template-token-id", "Found id 99 in post_processor")]
    [InlineData("normalizer-charsmap", "Found a precompiled_charsmap that is none")]
    [InlineData("pattern-expression", "Found the regular expression [aeiou]")]
    [InlineData("pattern-empty", "Found a pattern that is an empty String")]
    [InlineData("pattern-malformed", "The setting pattern is neither")]
    [InlineData("byte-level-not-last", "Found a pre_tokenizer of type Digits after ByteLevel")]
    [InlineData("split-behavior", "The setting behavior is Dropped")]
    [InlineData("metaspace-replacement", "Found the replacement '__'")]
    [InlineData("metaspace-scheme", "The setting prepend_scheme is last")]
    [InlineData("metaspace-contradiction", "Found add_prefix_space false and prepend_scheme first")]
    [InlineData("metaspace-twice", "Found several pre_tokenizers that mark spaces")]
    [InlineData("model-behind-byte-level", "Found a model of type WordPiece behind ByteLevel")]
    [InlineData("bpe-dropout", "Found dropout 0.1")]
    [InlineData("bpe-word-end", "end_of_word_suffix '</w>'")]
    [InlineData("bpe-byte-missing", "for the byte 00")]
    [InlineData("bpe-unknown-missing", "Found neither ByteLevel nor byte_fallback nor unk_token")]
    [InlineData("bpe-byte-fallback", "no token <0x00>")]
    [InlineData("bpe-merge-unknown", "Found 'ac' in merges")]
    [InlineData("bpe-merge-malformed", "An element of merges")]
    [InlineData("unigram-unknown", "Found unk_id 99")]
    [InlineData("unigram-duplicate", "Found token 'ab' twice")]
    [InlineData("unigram-score", "An element of vocab")]
    [InlineData("half-surrogate-pair", "Found no well-formed tokenizer")]
    [InlineData("unigram-trimmed", "Found trim_offsets true and a model of type Unigram")]
    [InlineData("post-processor-order", "Found a post_processor of type ByteLevel after another")]
    [InlineData("setting-no-flag", "The setting strip_left is of kind Number")]
    [InlineData("setting-no-text", "The setting prepend is of kind Number")]
    [InlineData("setting-text-missing", "The setting prepend is missing")]
    [InlineData("setting-no-list", "The setting normalizers is not a list")]
    public void Load_InvalidFile_ThrowsWithPathAndReason(string file, string reason)
    {
        string path = Path.Combine(Folder, "invalid", file + ".json");

        var exception = Assert.Throws<SpladeModelException>(() => Tokenizer.Load(path));

        Assert.Equal(path, exception.Path);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains("xpected", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_InvalidFolder_HasATestForEveryFile()
    {
        int tested = typeof(TokenizerLoaderTests).GetMethod(nameof(Load_InvalidFile_ThrowsWithPathAndReason))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Length;

        Assert.Equal(tested, Directory.GetFiles(Path.Combine(Folder, "invalid")).Length);
    }

    [Fact]
    public void Load_MissingFile_Throws()
    {
        var exception = Assert.Throws<SpladeModelException>(() => Tokenizer.Load(Path.Combine(Folder, "none.json")));

        Assert.IsType<FileNotFoundException>(exception.InnerException);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Load_NoPath_Throws(string? path) =>
        Assert.Equal("tokenizerJsonPath", Assert.ThrowsAny<ArgumentException>(() => Tokenizer.Load(path!)).ParamName);

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny-bert-processing")]
    [InlineData("tiny-model-without-type")]
    public void Load_SupportedForms_TokenizeAlike(string file)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(Folder, file + ".json"));

        TokenizedText tokens = tokenizer.Encode("Hello WORLDS, hellos");

        Assert.Equal([1, 3, 4, 5, 0, 3, 5, 2], tokens.Ids.ToArray());
    }

    [Theory]
    [InlineData("tiny-bpe")]
    [InlineData("tiny-bpe-older")]
    public void Load_SupportedFormsOfBpe_TokenizeAlike(string file)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(Folder, file + ".json"));

        TokenizedText tokens = tokenizer.Encode("ABCab w,abca </s>");

        Assert.Equal([6, 5, 4, 0, 0, 5, 1, 7, 7], tokens.Ids.ToArray());
    }

    [Theory]
    [InlineData("tiny-unigram")]
    [InlineData("tiny-unigram-older")]
    public void Load_SupportedFormsOfUnigram_TokenizeAlike(string file)
    {
        Tokenizer tokenizer = Tokenizer.Load(Path.Combine(Folder, file + ".json"));

        TokenizedText tokens = tokenizer.Encode(" ab  aab xyz");

        Assert.Equal([1, 6, 3, 4, 7, 3, 0, 2], tokens.Ids.ToArray());
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny-bpe")]
    [InlineData("tiny-unigram")]
    public void Load_AnyPartReplaced_LoadsOrThrowsSpladeModelException(string file)
    {
        string original = File.ReadAllText(Path.Combine(Folder, file + ".json"));
        string path = Path.GetTempFileName();
        try
        {
            int step = Trials.Of(3, slow: 1);
            foreach ((int place, string pointer) in Descend(JsonNode.Parse(original)!).Select(node => node.GetPath()).Index())
            {
                foreach (string replacement in Replacements.Where((_, i) => (place + i) % step == 0))
                {
                    File.WriteAllText(path, Replace(original, pointer, replacement));
                    Exception? exception = Record.Exception(() => Tokenizer.Load(path));
                    Assert.True(exception is null or SpladeModelException, $"{pointer} = {replacement} gives {exception}");
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Replace(string json, string path, string replacement)
    {
        JsonNode root = JsonNode.Parse(json)!;
        Descend(root).First(node => node.GetPath() == path).ReplaceWith(JsonNode.Parse(replacement));
        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Descend(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject named => named.Select(pair => pair.Value),
            JsonArray listed => listed,
            _ => [],
        };

        return children.Where(child => child is not null).SelectMany(child => Descend(child!).Prepend(child!));
    }
}
