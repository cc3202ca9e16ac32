using Splade.AI.Policy;
using Splade.AI.Tests.Policy;

namespace Splade.AI.Tests;

/// <summary>The page on vocabulary policies is true: its files are read, its programs print what it says.</summary>
public sealed class VocabularyPolicyPageTests
{
    private static readonly MarkdownPage Page = new("docs/vocabulary-policy.md");

    [Fact]
    public async Task Programs_Run_PrintWhatThePageSays() => Assert.Equal(Page.Blocks("text"), await Snippet.RunAsync(Page.Blocks("csharp")));

    [Fact]
    public void File_OfThePage_IsThePolicyThatThePageMakesInCode()
    {
        VocabularyPolicy policy = VocabularyPolicy.Parse(Assert.Single(Page.Blocks("jsonc")));
        VocabularyPolicy inCode = new(
            new BanRule { Patterns = ["##*"], AppliesTo = EmbeddingInputType.Document },
            new BanRule { WordLists = [PolicyWordList.EnglishStopWords, new PolicyWordList("greetings", ["hello", "dear", "regards"])] },
            new BoostRule(1.5) { Terms = ["warranty", "recall"] },
            new SynonymRule(["bicycle", "cycle"], 0.8) { Terms = ["bike"], AppliesTo = EmbeddingInputType.Query },
            new ForceRule(2) { Terms = ["XJ-900", "XJ-910"] });
        Assert.Equal(inCode.Hash, policy.Hash);
        Assert.Empty(policy.Bind(Words.Tokenizer).PassedOver);
    }

    [Fact]
    public void WrongFile_OfThePage_IsRefusedInThePagesWords()
    {
        VocabularyPolicy policy = VocabularyPolicy.Parse(Assert.Single(Page.Blocks("json")), "policy.json");
        var error = Assert.Throws<VocabularyPolicyException>(() => policy.Bind(Words.Tokenizer));
        Assert.Contains($"\n{error.Message}\n", Page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_OfThePage_NameAllMembers()
    {
        string[] cells = [.. Page.Rows.SelectMany(row => row)];
        Assert.All(["terms", "tokens", "patterns", "lists", "ban", "boost", "synonyms", "force"], name => Assert.Contains($"`{name}`", cells));
    }
}
