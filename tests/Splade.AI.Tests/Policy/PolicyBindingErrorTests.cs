using Splade.AI.Policy;

namespace Splade.AI.Tests.Policy;

/// <summary>What is not in the vocabulary of splade-tiny, or cannot be what a rule wants it to be: the message says what to do, and where.</summary>
public sealed class PolicyBindingErrorTests
{
    [Theory]
    [InlineData("""{"ban": [{"terms": ["car",\n "chandrayaan"]}]}""", 2, 2, "ban: 'chandrayaan' is 3 tokens (chandra ##ya ##an), expected a word of one")]
    [InlineData("""{"ban": [\n{"terms": ["##ya"]}]}""", 2, 12, "The vocabulary has a token '##ya': if that is meant, name it under 'tokens'")]
    [InlineData("""{"ban": [\n{"terms": ["##*"]}]}""", 2, 12, "If '##*' is a pattern, name it under 'patterns'")]
    [InlineData("""{"boost": [\n{"terms": ["\u2603\u2603"], "factor": 2}]}""", 2, 12, "boost: The model's tokenizer does not know '\u2603\u2603'")]
    [InlineData("""{"boost": [{"factor": 2, "tokens": ["##xyz"]}]}""", 1, 37, "'##xyz' is none of the 30522 tokens of the vocabulary. Write it exactly")]
    [InlineData("""{"boost": [{"factor": 2, "tokens": ["Car"]}]}""", 1, 37, "As a word it is the token 'car': name it under 'terms'")]
    [InlineData("""{"force": [{"weight": 2, "patterns": ["XJ-*"]}]}""", 1, 39, "force: None of the 30522 tokens of the vocabulary looks like 'XJ-*'")]
    [InlineData("""{"synonyms": [{"terms": ["car"],\r\n\t"to": ["bus", "\u2603"]}]}""", 2, 16, "synonyms: The model's tokenizer does not know '\u2603'")]
    [InlineData("""{"lists": {"x": ["chandrayaan"]}, "ban": [{"lists": ["x"]}]}""", 1, 54, "None of the 1 words of the list 'x' can be used")]
    public void Bind_TermThatDoesNotFit_IsRefusedWithItsPlace(string json, int line, int column, string message)
    {
        VocabularyPolicy policy = VocabularyPolicy.Parse(json.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\t", "\t", StringComparison.Ordinal), "shop.json");
        var error = Assert.Throws<VocabularyPolicyException>(() => policy.Bind(Words.Tokenizer));
        Assert.StartsWith($"shop.json({line},{column}): ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(("shop.json", line, column), (error.FileName, error.Line, error.Column));
    }

    [Fact]
    public void Bind_TermOfARuleFromCode_IsRefusedWithoutAPlace()
    {
        var error = Assert.Throws<VocabularyPolicyException>(() => Words.Bind(new BanRule { Terms = ["XJ-900"] }));
        Assert.StartsWith("ban: 'XJ-900' is 4 tokens (x ##j - 900)", error.Message, StringComparison.Ordinal);
        Assert.Equal((null, null, null), (error.FileName, error.Line, error.Column));
    }

    [Fact]
    public void Bind_WordsOfAListThatDoNotFit_ArePassedOverAndNamed()
    {
        var list = new PolicyWordList("mixed", ["car", "chandrayaan", "☃", "bus"]);
        BoundPolicy bans = Words.Bind(new BanRule { WordLists = [list] });
        Assert.Equal(["chandrayaan", "☃"], bans.PassedOver);
        Assert.Equal(Words.Vector(("train", 1)), bans.Apply(Words.Vector(("car", 1), ("bus", 1), ("train", 1)), [], EmbeddingInputType.Document));
        Assert.Equal(["☃"], Words.Bind(new ForceRule(1) { WordLists = [list] }).PassedOver);
    }

    [Fact]
    public void Bind_NoTokenizer_Throws() => Assert.Throws<ArgumentNullException>("tokenizer", () => new VocabularyPolicy().Bind(null!));
}
