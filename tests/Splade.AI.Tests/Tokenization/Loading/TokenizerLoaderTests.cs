using System.Text.Json.Nodes;
using Splade.AI.Tests.TestData;
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
    [InlineData("normalizer-type", "Found a normalizer of type Sequence")]
    [InlineData("normalizer-setting-missing", "lowercase")]
    [InlineData("pre-tokenizer-missing", "Found no pre_tokenizer")]
    [InlineData("pre-tokenizer-type", "Found a pre_tokenizer of type ByteLevel")]
    [InlineData("model-missing", "Found no model")]
    [InlineData("model-type", "Found a model of type BPE")]
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
    [InlineData("post-processor-type", "Found a post_processor of type RobertaProcessing")]
    [InlineData("post-processor-type-missing", "The post_processor has no type")]
    [InlineData("bert-processing-malformed", "A token of BertProcessing")]
    [InlineData("template-two-texts", "Found the text 2 times")]
    [InlineData("template-second-text", "Found sequence 'B'")]
    [InlineData("template-unknown-piece", "Found sequence 'none'")]
    [InlineData("template-token-missing", "Found special token '[SEP]'")]
    [InlineData("template-token-id", "Found id 99 in post_processor")]
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

    [Fact]
    public void Load_AnyPartReplaced_LoadsOrThrowsSpladeModelException()
    {
        string original = File.ReadAllText(Path.Combine(Folder, "tiny.json"));
        string path = Path.GetTempFileName();
        try
        {
            foreach (string pointer in Descend(JsonNode.Parse(original)!).Select(node => node.GetPath()))
            {
                foreach (string replacement in Replacements)
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
