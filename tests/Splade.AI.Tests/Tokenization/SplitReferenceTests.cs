using System.Text.Json.Nodes;
using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>A <c>Split</c> of each pattern, behaviour and direction cuts texts as Hugging Face's tokenizers does.</summary>
public sealed class SplitReferenceTests
{
    [Fact]
    public void Encode_EachPatternBehaviorAndDirection_EqualsReference()
    {
        JsonNode[] cases = [.. File.ReadLines(Path.Combine(Repository.TestData, "reference", "tokens-split.jsonl")).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(11 * 5 * 2, cases.Length);

        // In the usual run each third case, which are all patterns, behaviours and directions too.
        Assert.Empty(cases.Where((_, i) => i % Trials.Of(3, slow: 1) == 0).SelectMany(FindDifferences));
    }

    [Theory]
    [InlineData("MergedWithPrevious", "a  b", new[] { 101, 1037, 100, 100, 102 }, "0..0 0..1 1..2 2..4 0..0")]
    [InlineData("MergedWithPrevious", "  ", new[] { 101, 100, 100, 102 }, "0..0 0..1 1..2 0..0")]
    [InlineData("Contiguous", "a  b", new[] { 101, 1037, 100, 1038, 102 }, "0..0 0..1 1..3 3..4 0..0")]
    public void Encode_InvertedSplitAtSpaces_CutsByTheInvertedMatches(string behavior, string text, int[] ids, string offsets)
    {
        TokenizedText tokens = Load(new JsonObject { ["String"] = " " }, behavior, invert: true).Encode(text);
        Assert.Equal(ids, tokens.Ids.ToArray());
        Assert.Equal(offsets, Describe(tokens));
    }

    [Fact]
    public void Encode_InvertedMatchesThatTouch_StayApartWhenMergedWithPrevious()
    {
        TokenizedText tokens = Load(new JsonObject { ["String"] = "aa" }, "MergedWithPrevious", invert: true).Encode("aaaa");
        Assert.Equal("0..0 0..2 2..4 0..0", Describe(tokens));
    }

    private static IEnumerable<string> FindDifferences(JsonNode line)
    {
        string behavior = line["behavior"]!.GetValue<string>();
        bool invert = line["invert"]!.GetValue<bool>();
        Tokenizer tokenizer = Load(line["pattern"]!, behavior, invert);
        foreach (JsonNode expected in line["texts"]!.AsArray().OfType<JsonNode>())
        {
            TokenizedText tokens = tokenizer.Encode(expected["text"]!.GetValue<string>());
            string wanted = Describe(
                expected["ids"]!.AsArray().Select(id => id!.GetValue<int>()),
                expected["offsets"]!.AsArray().Select(o => new TokenOffset(o![0]!.GetValue<int>(), o[1]!.GetValue<int>())));
            string found = Describe(tokens.Ids.ToArray(), tokens.Offsets.ToArray());
            if (wanted != found)
            {
                yield return $"{line["pattern"]!.ToJsonString()} {behavior} {invert} {expected["text"]!.ToJsonString()}: expected {wanted}, found {found}";
            }
        }
    }

    private static string Describe(TokenizedText tokens) => string.Join(' ', tokens.Offsets.ToArray().Select(o => $"{o.Start}..{o.End}"));

    private static string Describe(IEnumerable<int> ids, IEnumerable<TokenOffset> offsets) =>
        string.Join(' ', ids.Zip(offsets, (id, offset) => $"{id}:{offset.Start}..{offset.End}"));

    private static Tokenizer Load(JsonNode pattern, string behavior, bool invert) => TokenizerVariant.Load(json => json["pre_tokenizer"] = new JsonObject
    {
        ["type"] = "Split",
        ["pattern"] = pattern.DeepClone(),
        ["behavior"] = behavior,
        ["invert"] = invert,
    });
}
