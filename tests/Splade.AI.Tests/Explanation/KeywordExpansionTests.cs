using Splade.AI.Explanation;

namespace Splade.AI.Tests.Explanation;

public sealed class KeywordExpansionTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const string Query = "Which planet looks like the Chandrayaan-3 moon lander of the planet?";

    [Fact]
    public async Task ExpandKeywordsAsync_Query_HasItsWordsAndTheHeaviestExpansions()
    {
        var encoding = new SpladeEncodingOptions { InputType = EmbeddingInputType.Query };
        TextExplanation explained = await fixture.Engine.ExplainAsync(Query, new ExplanationOptions { Encoding = encoding, Spans = false });
        string[] words = [.. explained.Words.Where(w => w.Weight > 0 && w.Text.Any(char.IsLetterOrDigit)).Select(w => w.Text).Distinct()];

        KeywordExpansion expanded = await fixture.Engine.ExpandKeywordsAsync(Query);

        Assert.Equal(words.Order(), expanded.Keywords.Where(k => k.Origin == TermOrigin.Literal).Select(k => k.Text).Order());
        Assert.Contains("Chandrayaan", words);
        ExpandedKeyword[] added = [.. expanded.Keywords.Where(k => k.Origin == TermOrigin.Expansion)];
        Assert.InRange(added.Length, 1, 10);
        Assert.All(added, k => Assert.Contains(explained.Terms, t => t.Token == k.Text && t.Weight == k.Weight && t.Origin == TermOrigin.Expansion));
        Assert.Equal(expanded.Keywords.OrderByDescending(k => k.Weight), expanded.Keywords);
        Assert.Equal(expanded.Keywords.Count, expanded.Keywords.Select(k => k.Text.ToLowerInvariant()).Distinct().Count());
        Assert.Equal((Query, false), (expanded.Query, expanded.Truncated));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task ExpandKeywordsAsync_MaxAdded_IsTheMostThatIsAdded(int most)
    {
        KeywordExpansion all = await fixture.Engine.ExpandKeywordsAsync(Query);
        KeywordExpansion few = await fixture.Engine.ExpandKeywordsAsync(Query, new KeywordExpansionOptions { MaxAdded = most });

        Assert.Equal(Added(all).Take(most), Added(few));
        Assert.Equal(Added(all).Take(most), all.Keywords.Where(k => few.Keywords.Contains(k) && k.Origin == TermOrigin.Expansion));
    }

    [Fact]
    public async Task ExpandKeywordsAsync_MinWeight_LeavesLighterOnesOut()
    {
        ExpandedKeyword[] all = [.. Added(await fixture.Engine.ExpandKeywordsAsync(Query))];
        var options = new KeywordExpansionOptions { MinWeight = (float)all[4].Weight };
        Assert.Equal(all.Take(5), Added(await fixture.Engine.ExpandKeywordsAsync(Query, options)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?! ")]
    public async Task ExpandKeywordsAsync_QueryWithoutWords_HasNoneOfItsOwn(string query)
    {
        KeywordExpansion expanded = await fixture.Engine.ExpandKeywordsAsync(query);
        Assert.DoesNotContain(expanded.Keywords, k => k.Origin == TermOrigin.Literal);
        Assert.All(expanded.Keywords, k => Assert.True(k.Text.Any(char.IsLetterOrDigit), k.Text));
    }

    [Fact]
    public async Task ExpandKeywordsAsync_WrongArguments_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("query", () => fixture.Engine.ExpandKeywordsAsync(null!));
        Assert.Throws<ArgumentOutOfRangeException>("MaxAdded", () => new KeywordExpansionOptions { MaxAdded = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("MinWeight", () => new KeywordExpansionOptions { MinWeight = float.NaN });
    }

    private static IEnumerable<ExpandedKeyword> Added(KeywordExpansion expansion) => expansion.Keywords.Where(k => k.Origin == TermOrigin.Expansion);
}
