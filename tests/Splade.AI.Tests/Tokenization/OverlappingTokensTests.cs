using System.Text.Json.Nodes;
using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Added tokens that begin in the white space which another one has taken: expected values by Hugging Face's tokenizers 0.23.</summary>
public sealed class OverlappingTokensTests
{
    [Fact]
    public void Encode_TokenThatBeginsInTakenSpace_IsFound()
    {
        Tokenizer tokenizer = TokenizerVariant.Load(json =>
        {
            Add(json, 30522, "<b>", rstrip: true);
            Add(json, 30523, " x");
        });

        TokenizedText tokens = tokenizer.Encode("<b> x");
        Assert.Equal([101, 30522, 30523, 102], tokens.Ids.ToArray());
        Assert.Equal([new(0, 0), new(0, 4), new(3, 5), new(0, 0)], tokens.Offsets.ToArray());
    }

    [Theory]
    [InlineData("a<|sep|>  b", new[] { 2, 69, 3001, 3000, 70, 3 }, "0..1 1..10 8..10 10..11")]
    [InlineData("<|sep|>\n\nb", new[] { 2, 3001, 3003, 70, 3 }, "0..9 7..9 9..10")]
    [InlineData("<|sep|>  <q>", new[] { 2, 3001, 3000, 3002, 3 }, "0..9 7..9 9..12")]
    [InlineData("<|sep|>    b", new[] { 2, 3001, 3000, 3000, 70, 3 }, "0..11 7..9 9..11 11..12")]
    public void Encode_RunsOfSpaceAsTokens_CountBehindATokenThatTakesSpace(string text, int[] ids, string offsets)
    {
        TokenizedText tokens = ModernBert().Encode(text);
        Assert.Equal(ids, tokens.Ids.ToArray());
        Assert.Equal(offsets, string.Join(' ', tokens.Offsets.ToArray()[1..^1].Select(o => $"{o.Start}..{o.End}")));
    }

    // There the reference fails: it asks for text that ends before it begins.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Encode_TokenOfSpaceThatTakesSpace_IsLeftOutWhereItWasTaken(bool normalized)
    {
        Tokenizer tokenizer = TokenizerVariant.Load(json =>
        {
            Add(json, 30522, "<b>", rstrip: true, normalized: normalized);
            Add(json, 30523, "  ", lstrip: true, normalized: normalized);
        });

        TokenizedText tokens = tokenizer.Encode("<b>    x");
        Assert.Equal([101, 30522, 1060, 102], tokens.Ids.ToArray());
        Assert.Equal(new TokenOffset(0, 7), tokens.Offsets[1]);
    }

    private static Tokenizer ModernBert() => TokenizerVariant.Load(
        json =>
        {
            Add(json, 3000, "  ");
            Add(json, 3001, "<|sep|>", rstrip: true);
            Add(json, 3002, "<q>", lstrip: true);
            Add(json, 3003, "\n\n");
        },
        TokenizerVariant.PathOf("random-modernbert-bpe"));

    private static void Add(JsonNode tokenizer, int id, string content, bool lstrip = false, bool rstrip = false, bool normalized = true) =>
        tokenizer["added_tokens"]!.AsArray().Add(new JsonObject
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = false,
            ["lstrip"] = lstrip,
            ["rstrip"] = rstrip,
            ["normalized"] = normalized,
            ["special"] = false,
        });
}
