using System.Text.Json;
using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

public sealed class VocabularyPolicyTests
{
    private const string Json = """
        {
          "lists": { "greetings": ["hello", "dear"] }, // ours
          "ban": [
            { "patterns": ["##*"], "in": "documents" },
            { "lists": ["english-stop-words", "greetings"] },
          ],
          "boost": [{ "terms": ["warranty", "refund"], "tokens": ["##back"], "factor": 2 }],
          "synonyms": [{ "terms": ["car"], "to": ["automobile", "vehicle"], "factor": 0.8, "in": "queries" }],
          "force": [{ "terms": ["XJ-900"], "weight": 1.5 }]
        }
        """;

    /// <summary>The same, written another way.</summary>
    private const string OtherJson = """
        {"force":[{"weight":1.50,"terms":["XJ-900","XJ-900"]}], "synonyms":[{"in":"queries","factor":8e-1,"to":["vehicle","automobile"],"terms":["car"]}],
        "boost":[{"factor":2.0,"tokens":["##back"],"in":"both","terms":["refund","\u0077arranty"]}],
        "ban":[{"lists":["polite","english-stop-words"],"in":"queries"},{"lists":["polite","english-stop-words"],"in":"documents"},
        {"in":"documents","patterns":["##*"]}],
        "lists":{"unused":["x"],"polite":["dear","hello"]}}
        """;

    private static readonly VocabularyPolicy InCode = new(
        new BanRule { Patterns = ["##*"], AppliesTo = EmbeddingInputType.Document },
        new BanRule { WordLists = [PolicyWordList.EnglishStopWords, new PolicyWordList("greetings", ["hello", "dear"])] },
        new BoostRule(2) { Terms = ["warranty", "refund"], Tokens = ["##back"] },
        new SynonymRule(["automobile", "vehicle"], .8) { Terms = ["car"], AppliesTo = EmbeddingInputType.Query },
        new ForceRule(1.5) { Terms = ["XJ-900"] });

    [Fact]
    public void Hash_OfAKnownPolicy_IsTheCommittedValue()
    {
        // Without the built-in list, whose words are a part of what a policy means.
        string json = Json.Replace("\"english-stop-words\", ", "", StringComparison.Ordinal);
        Assert.Equal("6bcf2b2c5996584ba2b8e321e8ec0060885b88fb7f7a34ea22cc3c391800eb94", VocabularyPolicy.Parse(json).Hash);
        Assert.Equal("fe379681dc00b4a2df0b79d924935f320ba7b6b9b42de8bc8a671ae65bd45c59", new VocabularyPolicy().Hash);
    }

    [Fact]
    public void Hash_SameMeaning_IsTheSame()
    {
        string expected = VocabularyPolicy.Parse(Json).Hash;
        Assert.Equal(64, expected.Length);
        Assert.Equal(expected, VocabularyPolicy.Parse(OtherJson).Hash);
        Assert.Equal(expected, InCode.Hash);
        Assert.Equal(expected, new VocabularyPolicy(InCode.Rules.Reverse()).Hash);
    }

    [Theory]
    [InlineData("##*", "#*")]
    [InlineData("\"greetings\": [\"hello\"", "\"greetings\": [\"hullo\"")]
    [InlineData("\"english-stop-words\", ", "")]
    [InlineData("\"factor\": 2", "\"factor\": 2.5")]
    [InlineData("\"terms\": [\"warranty\"", "\"terms\": [\"Warranty\"")]
    [InlineData("\"tokens\": [\"##back\"]", "\"patterns\": [\"##back*\"]")]
    [InlineData("\"factor\": 0.8", "\"factor\": 0.9")]
    [InlineData("\"automobile\"", "\"auto\"")]
    [InlineData("\"weight\": 1.5", "\"weight\": 1.25")]
    [InlineData("\"in\": \"queries\"", "\"in\": \"documents\"")]
    [InlineData(", \"in\": \"documents\"", "")]
    [InlineData("\"boost\": [{ \"terms\": [\"warranty\", \"refund\"]", "\"boost\": [{ \"terms\": [\"warranty\"], \"factor\": 2 }, { \"terms\": [\"refund\"]")]
    public void Hash_OtherMeaning_IsAnother(string from, string to)
    {
        Assert.Contains(from, Json, StringComparison.Ordinal);
        Assert.NotEqual(VocabularyPolicy.Parse(Json).Hash, VocabularyPolicy.Parse(Json.Replace(from, to, StringComparison.Ordinal)).Hash);
    }

    [Fact]
    public void Hash_TermsThatReadAlikeTogether_AreKeptApart() => Assert.Equal(
        4,
        new[]
        {
            new BanRule { Terms = ["a", "b"] },
            new BanRule { Terms = ["a\n term 1:b"] },
            new BanRule { Terms = ["a"], Tokens = ["b"] },
            new BanRule { Terms = ["a b"] },
        }.Select(rule => new VocabularyPolicy(rule).Hash).Distinct().Count());

    [Fact]
    public void HashFor_EachInput_ChangesWithItsOwnRulesOnly()
    {
        VocabularyPolicy policy = VocabularyPolicy.Parse(Json);
        VocabularyPolicy other = VocabularyPolicy.Parse(Json.Replace("0.8", "0.7", StringComparison.Ordinal));
        Assert.Equal(policy.HashFor(EmbeddingInputType.Document), other.HashFor(EmbeddingInputType.Document));
        Assert.NotEqual(policy.HashFor(EmbeddingInputType.Query), other.HashFor(EmbeddingInputType.Query));
        Assert.Null(new VocabularyPolicy(new BanRule { Terms = ["a"], AppliesTo = EmbeddingInputType.Query }).HashFor(EmbeddingInputType.Document));
        Assert.Null(new VocabularyPolicy().HashFor(EmbeddingInputType.Query));
    }

    [Fact]
    public void ToJson_Parsed_IsThePolicyAgain()
    {
        string json = InCode.ToJson();
        VocabularyPolicy read = VocabularyPolicy.Parse(json);
        Assert.Equal(json, read.ToJson());
        Assert.Equal(InCode.Hash, read.Hash);
        Assert.Equal(InCode.Rules.Select(r => (r.GetType(), r.AppliesTo)), read.Rules.Select(r => (r.GetType(), r.AppliesTo)));
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["lists", "ban", "boost", "synonyms", "force"], root.EnumerateObject().Select(m => m.Name));
        Assert.Equal("greetings", Assert.Single(root.GetProperty("lists").EnumerateObject()).Name);
    }

    [Fact]
    public void ToJson_NoRules_IsAnEmptyObject() => Assert.Equal("{}", new VocabularyPolicy().ToJson());

    [Fact]
    public void ToJson_GeneratedTexts_ComeBack()
    {
        var random = new Random(1);
        for (int round = 0; round < 100; round++)
        {
            string[] scalars = [.. Enumerable.Range(0, 5).Select(i => char.ConvertFromUtf32(i % 2 == 0 ? random.Next(0x20) : random.Next(0x10000, 0x20000)))];
            string text = $"x{string.Concat(scalars)}\"\\/<é";
            var policy = new VocabularyPolicy(new BoostRule(.001 + random.NextDouble()) { Terms = [text], Tokens = [text], Patterns = [$"{text}*"] });
            VocabularyPolicy read = VocabularyPolicy.Parse(policy.ToJson());
            Assert.Equal(policy.Hash, read.Hash);
            Assert.Equal(text, read.Rules[0].Terms[0]);
        }
    }

    [Fact]
    public void Save_Loaded_IsThePolicyAgain()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, "old");
        InCode.Save(file.Path);
        Assert.Equal(InCode.Hash, VocabularyPolicy.Load(file.Path).Hash);
        Assert.Equal(["policy.json"], file.Neighbours);
    }

    [Fact]
    public void Load_FileGoneAfterwards_IsNotMissed()
    {
        using var file = new TemporaryFile();
        File.WriteAllText(file.Path, Json);
        VocabularyPolicy policy = VocabularyPolicy.Load(file.Path);
        File.Delete(file.Path);
        Assert.Equal(InCode.Hash, policy.Hash);
        Assert.Equal(0, policy.Bind(Words.Tokenizer).Apply(Words.Vector(("the", 1)), [], EmbeddingInputType.Document).Count);
    }

    [Fact]
    public void Constructor_RulesThatCannotBe_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("rules", () => new VocabularyPolicy((IEnumerable<PolicyRule>)null!));
        var error = Assert.Throws<ArgumentException>("rules", () => new VocabularyPolicy(new BanRule { Terms = ["a"] }, new BanRule()));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("rules", () => new VocabularyPolicy(new PolicyRule[] { null! }));
        var one = new BanRule { WordLists = [new PolicyWordList("x", ["a"])] };
        var other = new BanRule { WordLists = [new PolicyWordList("x", ["b"])] };
        Assert.Contains("'x'", Assert.Throws<ArgumentException>("rules", () => new VocabularyPolicy(one, other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("rules", () => new VocabularyPolicy(new BanRule { WordLists = [new PolicyWordList("english-stop-words", ["b"])] }));
    }

    [Fact]
    public void Constructor_RulesChangedAfterwards_AreNotThoseOfThePolicy()
    {
        var rules = new List<PolicyRule> { new BanRule { Terms = ["car"] } };
        var policy = new VocabularyPolicy(rules);
        rules.Clear();
        Assert.Single(policy.Rules);
    }
}
