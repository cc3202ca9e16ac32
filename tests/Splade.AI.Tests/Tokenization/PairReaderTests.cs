using System.Text.Json.Nodes;
using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class PairReaderTests
{
    private static readonly TokenizationOptions Limit = new() { MaxTokens = 128 };

    [Theory]
    [InlineData("random-cross-encoder")]
    [InlineData("random-cross-encoder-xlmr")]
    public void Read_LongestFirst_IsThatOfTheReference(string model)
    {
        Tokenizer tokenizer = Load(model);
        foreach (PairReference line in PairReference.All)
        {
            TokenPair pair = new PairReader(tokenizer, line.Query, Limit, PairTruncation.LongestFirst).Read(line.Text);
            Assert.Equal(line.Ids(model), pair.Ids);
            Assert.Equal(line.TypesFrom(model) is int from ? [.. pair.Ids.Select((_, i) => i < from ? 0 : 1)] : [], pair.TypeIds);
            int all = tokenizer.CountTokens(line.Query, new() { AddSpecialTokens = false }) + tokenizer.CountTokens(line.Text, new() { AddSpecialTokens = false });
            Assert.Equal(all + tokenizer.PairTemplate.Count > 128, pair.Truncated);
        }
    }

    [Fact]
    public void Read_QueryThenText_IsThatOfTheReference()
    {
        const string Model = "random-cross-encoder-xlmr";
        Tokenizer tokenizer = Load(Model);
        int others = 0;
        foreach (PairReference line in PairReference.All)
        {
            int[]? expected = line.Ids(Model, "only_second_ids");
            others += expected is null ? 0 : 1;
            Assert.Equal(expected ?? line.Ids(Model), new PairReader(tokenizer, line.Query, Limit, PairTruncation.QueryThenText).Read(line.Text).Ids);
        }

        Assert.Equal(11, others);
    }

    [Theory]
    [InlineData(3, 4, 10, 3, 4)]
    [InlineData(3, 400, 10, 3, 7)]
    [InlineData(400, 3, 10, 7, 3)]
    [InlineData(6, 7, 10, 5, 5)]
    [InlineData(7, 7, 11, 5, 6)]
    [InlineData(8, 7, 11, 6, 5)]
    [InlineData(400, 300, 11, 6, 5)]
    [InlineData(300, 400, 11, 5, 6)]
    [InlineData(0, 400, 11, 0, 11)]
    public void LongestFirst_Lengths_AreCutAsTheRustLibraryDoes(int query, int text, int limit, int keptQuery, int keptText) =>
        Assert.Equal(new PairLengths(keptQuery, keptText), new PairLengths(query, text).LongestFirst(limit));

    [Theory]
    [InlineData(400, 400, 100, 75, 22)]
    [InlineData(10, 400, 100, 10, 87)]
    [InlineData(80, 5, 100, 75, 5)]
    [InlineData(9, 9, 8, 5, 0)]
    public void QueryThenText_Lengths_AreCutAsFlagRerankerDoes(int query, int text, int maxTokens, int keptQuery, int keptText) =>
        Assert.Equal(new PairLengths(keptQuery, keptText), new PairLengths(query, text).QueryThenText(maxTokens, maxTokens - 3));

    [Fact]
    public void Read_LongQueryAndLongerText_TheOddTokenIsTheTexts()
    {
        // The text is read no further than it takes to see that it is the longer one.
        Tokenizer tokenizer = Load("random-cross-encoder");
        string query = string.Join(' ', Enumerable.Repeat("the", 200)), text = string.Join(' ', Enumerable.Repeat("a", 5000));
        TokenPair pair = new PairReader(tokenizer, query, new() { MaxTokens = 14 }, PairTruncation.LongestFirst).Read(text);
        Assert.Equal((5, 6), (pair.Ids.Count(id => id == tokenizer.Encode("the").Ids[1]), pair.Ids.Count(id => id == tokenizer.Encode("a").Ids[1])));
    }

    [Fact]
    public void Read_TruncatesLeft_KeepsTheEnds()
    {
        Tokenizer tokenizer = Load("random-cross-encoder");
        var options = new TokenizationOptions { MaxTokens = 7, TruncatesLeft = true };
        int[] ids = new PairReader(tokenizer, "red green blue", options, PairTruncation.LongestFirst).Read("how the water rises").Ids;
        int[] query = tokenizer.Encode("red green blue").Ids.ToArray(), text = tokenizer.Encode("how the water rises").Ids.ToArray();
        Assert.Equal([query[0], .. query[^3..^1], query[^1], .. text[^3..^1], text[^1]], ids);
    }

    [Theory]
    [InlineData("BertProcessing", new[] { 2, -1, 3, -2, 3 }, new[] { 0, 0, 0, 1, 1 })]
    [InlineData("RobertaProcessing", new[] { 2, -1, 3, 3, -2, 3 }, new int[0])]
    public void PairTemplate_OfAnOlderProcessor_IsItsOwn(string type, int[] ids, int[] types)
    {
        var processor = new JsonObject { ["type"] = type, ["sep"] = new JsonArray("[SEP]", 3), ["cls"] = new JsonArray("[CLS]", 2) };
        processor["trim_offsets"] = false;
        processor["add_prefix_space"] = false;
        TokenPair pair = With(processor, tokenizer => tokenizer.PairTemplate.Join([-1], [-2], truncated: false));
        Assert.Equal(ids, pair.Ids);
        Assert.Equal(types, pair.TypeIds);
    }

    [Fact]
    public void PairTemplate_OfAVocabularyAlone_IsThatOfBert()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("random-cross-encoder"));
        Tokenizer whole = Tokenizer.Load(model.PathOf("tokenizer.json"));
        model.Delete("tokenizer_config.json");
        model.Write("vocab.txt", string.Join('\n', Enumerable.Range(0, whole.Vocabulary.Count).Select(id => whole.Vocabulary[id])));
        TokenPair expected = whole.PairTemplate.Join([7, 8], [9], truncated: false);
        TokenPair found = Tokenizer.Load(model.PathOf("vocab.txt")).PairTemplate.Join([7, 8], [9], truncated: false);
        Assert.Equal(expected.Ids, found.Ids);
        Assert.Equal(expected.TypeIds, found.TypeIds);
    }

    [Theory]
    [InlineData(null, "the text A 0 times")]
    [InlineData("""{"type": "ByteLevel", "trim_offsets": false, "add_prefix_space": false}""", "the text A 0 times")]
    [InlineData("""{"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}], "special_tokens": {}}""", "pair is not a list")]
    [InlineData(
        """
        {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}], "special_tokens": {},
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]}
        """,
        "the text A 2 times")]
    public void PairTemplate_ThatIsNone_IsRefusedWhenItIsAskedFor(string? processor, string reason) => With(
        processor is null ? null : JsonNode.Parse(processor)!.AsObject(),
        tokenizer =>
        {
            Assert.NotEmpty(tokenizer.Encode("a text alone").Ids.ToArray());
            Assert.Contains(reason, Assert.Throws<SpladeModelException>(() => tokenizer.PairTemplate).Message, StringComparison.Ordinal);
            return true;
        });

    private static T With<T>(JsonObject? processor, Func<Tokenizer, T> use)
    {
        using TemporaryModel model = TemporaryModel.CopyOf(Folder("random-cross-encoder"));
        JsonObject json = JsonNode.Parse(File.ReadAllText(model.PathOf("tokenizer.json")))!.AsObject();
        json["post_processor"] = processor;
        model.Write("tokenizer.json", json.ToJsonString());
        return use(Tokenizer.Load(model.PathOf("tokenizer.json")));
    }

    private static Tokenizer Load(string model) => Tokenizer.Load(Path.Combine(Folder(model), "tokenizer.json"));

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
