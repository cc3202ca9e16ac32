using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Policy;

public sealed class BoundPolicyTests
{
    private static readonly SparseVector Vector = Words.Vector(("car", 2), ("bus", 1), ("##ya", .5f), ("the", .25f));

    [Fact]
    public void Ban_TermTokenPatternAndList_TakesThemOut()
    {
        Assert.Equal(Words.Vector(("bus", 1), ("##ya", .5f), ("the", .25f)), Words.Apply(Vector, "", new BanRule { Terms = ["Car"] }));
        Assert.Equal(Words.Vector(("car", 2), ("bus", 1), ("the", .25f)), Words.Apply(Vector, "", new BanRule { Tokens = ["##ya"] }));
        Assert.Equal(Words.Vector(("bus", 1), ("the", .25f)), Words.Apply(Vector, "", new BanRule { Patterns = ["##*", "c*r"] }));
        var stopWords = new BanRule { WordLists = [PolicyWordList.EnglishStopWords] };
        Assert.Equal(Words.Vector(("car", 2), ("bus", 1), ("##ya", .5f)), Words.Apply(Vector, "", stopWords));
    }

    [Fact]
    public void Ban_Everything_LeavesAnEmptyVector() => Assert.Equal(0, Words.Apply(Vector, "", new BanRule { Patterns = ["*a*", "b*", "t*"] }).Count);

    [Fact]
    public void Ban_Synonym_DoesNotComeBack()
    {
        PolicyRule[] rules = [new BanRule { Terms = ["bus", "train"] }, new SynonymRule("car", "train"), new SynonymRule("car", "bus")];
        SparseVector actual = Words.Apply(Vector, "car", rules);
        Assert.Equal(Words.Vector(("car", 2), ("##ya", .5f), ("the", .25f)), actual);
    }

    [Fact]
    public void Ban_TermWithSynonyms_GivesThemNothing() =>
        Assert.Equal(0, Words.Apply(Vector, "car", new BanRule { Terms = ["car"] }, new SynonymRule("car", "train"))[Words.Id("train")]);

    [Fact]
    public void Ban_ForcedTermInTheText_IsForced()
    {
        PolicyRule[] rules = [new BanRule { Patterns = ["##*"] }, new ForceRule(1.5) { Terms = ["Chandrayaan"] }];
        SparseVector forced = Words.Vector(("car", 2), ("bus", 1), ("the", .25f), ("chandra", 1.5f), ("##ya", 1.5f), ("##an", 1.5f));
        Assert.Equal(forced, Words.Apply(Vector, "Chandrayaan flies", rules));
        Assert.Equal(Words.Vector(("car", 2), ("bus", 1), ("the", .25f)), Words.Apply(Vector, "Chandra flies", rules));
    }

    [Fact]
    public void Boost_SeveralRules_Multiply() => Assert.Equal(
        Words.Vector(("car", 12), ("bus", 2), ("##ya", .5f), ("the", .25f)),
        Words.Apply(Vector, "", new BoostRule(2) { Terms = ["car", "bus"], Tokens = ["car"] }, new BoostRule(3) { Terms = ["car", "train"] }));

    [Fact]
    public void Boost_WordOfSeveralTokens_WhereTheyStandTogetherInTheText()
    {
        SparseVector vector = Words.Vector(("chandra", 1), ("##ya", 1), ("##an", 1));
        var rule = new BoostRule(2) { Terms = ["chandrayaan"] };
        Assert.Equal(Words.Vector(("chandra", 2), ("##ya", 2), ("##an", 2)), Words.Apply(vector, "the chandrayaan, chandrayaan", rule));
        Assert.Equal(vector, Words.Apply(vector, "chandra yaan", rule));
        Assert.Equal(vector, Words.Apply(vector, "chandrayaans", rule));
    }

    [Fact]
    public void Synonyms_OfABoostedTerm_GetTheirShareOfTheBoostedWeight() => Assert.Equal(
        Words.Vector(("car", 4), ("bus", 1), ("##ya", .5f), ("the", .25f), ("automobile", 2)),
        Words.Apply(Vector, "", new BoostRule(2) { Terms = ["car"] }, new SynonymRule("car", "automobile", .5)));

    [Fact]
    public void Synonyms_OfSynonyms_GetNothing()
    {
        SparseVector actual = Words.Apply(Vector, "", new SynonymRule("car", "automobile"), new SynonymRule("automobile", "vehicle"));
        Assert.Equal((2, 0), (actual[Words.Id("automobile")], actual[Words.Id("vehicle")]));
    }

    [Fact]
    public void Synonyms_HeavierAlready_KeepTheirWeight() => Assert.Equal(Vector, Words.Apply(Vector, "", new SynonymRule("bus", "car")));

    [Fact]
    public void Synonyms_OfAWordOfSeveralTokens_GetAShareOfTheHeaviest()
    {
        SparseVector vector = Words.Vector(("chandra", 1), ("##ya", 3));
        var rule = new SynonymRule("chandrayaan", "spacecraft", .5);
        Assert.Equal(1.5f, Words.Apply(vector, "chandrayaan", rule)[Words.Id("spacecraft")]);
        Assert.Equal(0, Words.Apply(vector, "chandra", rule)[Words.Id("spacecraft")]);
        Assert.Equal(0, Words.Apply(Words.Vector(("car", 1)), "chandrayaan", rule)[Words.Id("spacecraft")]);
    }

    [Fact]
    public void Synonyms_ThatAreSeveralTokens_GetTheWeightInEach()
    {
        SparseVector actual = Words.Apply(Vector, "", new SynonymRule("car", "chandrayaan", .5));
        Assert.Equal([1, 1, 1], new[] { "chandra", "##ya", "##an" }.Select(token => actual[Words.Id(token)]));
    }

    [Theory]
    [InlineData("the XJ-900 is new", true)]
    [InlineData("(xj-900)", true)]
    [InlineData("XJ - 900", true)]
    [InlineData("XJ-900s", false)]
    [InlineData("XJ-9000", false)]
    [InlineData("AXJ-900", false)]
    [InlineData("XJ900", false)]
    [InlineData("900 XJ-", false)]
    [InlineData("", false)]
    public void Force_ProductCode_OnlyWhereTheTextHasIt(string text, bool isThere)
    {
        SparseVector actual = Words.Apply(Vector, text, new ForceRule(1.5) { Terms = ["XJ-900"] });
        int[] ids = Words.Ids("XJ-900");
        Assert.Equal(4, ids.Length);
        Assert.All(ids, id => Assert.Equal(isThere ? 1.5f : 0, actual[id]));
    }

    [Fact]
    public void Force_HeavierAlready_KeepsItsWeight()
    {
        SparseVector actual = Words.Apply(Vector, "car bus", new ForceRule(1.5) { Terms = ["car", "bus"] }, new ForceRule(1.25) { Tokens = ["bus"] });
        Assert.Equal((2, 1.5f), (actual[Words.Id("car")], actual[Words.Id("bus")]));
    }

    [Fact]
    public void Force_Token_AlsoInsideAWord()
    {
        Assert.Equal(3, Words.Apply(Vector, "chandrayaan", new ForceRule(3) { Tokens = ["##ya"] })[Words.Id("##ya")]);
        Assert.Equal(.5f, Words.Apply(Vector, "chandra", new ForceRule(3) { Tokens = ["##ya"] })[Words.Id("##ya")]);
        Assert.Equal(0, Words.Apply(Vector, "chandrayaan", new ForceRule(3) { Terms = ["chandra"] })[Words.Id("chandra")]);
    }

    [Fact]
    public void AppliesTo_OneInput_LeavesTheOtherAlone()
    {
        BoundPolicy sut = Words.Bind(
            new BanRule { Terms = ["car"], AppliesTo = EmbeddingInputType.Document }, new BoostRule(2) { Terms = ["bus"], AppliesTo = EmbeddingInputType.Query });
        Assert.Equal(Words.Vector(("bus", 1), ("##ya", .5f), ("the", .25f)), sut.Apply(Vector, [], EmbeddingInputType.Document));
        Assert.Equal(Words.Vector(("car", 2), ("bus", 2), ("##ya", .5f), ("the", .25f)), sut.Apply(Vector, [], EmbeddingInputType.Query));
    }

    [Fact]
    public void Apply_NoRules_GivesTheVectorItself()
    {
        BoundPolicy sut = Words.Bind(new ForceRule(1) { Terms = ["car"], AppliesTo = EmbeddingInputType.Query });
        Assert.Same(Vector, sut.Apply(Vector, Words.Ids("car"), EmbeddingInputType.Document));
        Assert.Equal((false, true), (sut.AppliesTo(EmbeddingInputType.Document), sut.AppliesTo(EmbeddingInputType.Query)));
    }

    [Fact]
    public void ReadsText_OnlyWhereTokensOfTheTextMatter()
    {
        PolicyRule[] ofTokens = [new BoostRule(2) { Terms = ["car"] }, new BanRule { Patterns = ["##*"] }, new SynonymRule("car", "bus")];
        Assert.False(Words.Bind(ofTokens).ReadsText(EmbeddingInputType.Document));
        Assert.True(Words.Bind(new BoostRule(2) { Terms = ["chandrayaan"] }).ReadsText(EmbeddingInputType.Document));
        Assert.True(Words.Bind(new SynonymRule("chandrayaan", "bus")).ReadsText(EmbeddingInputType.Query));
        Assert.True(Words.Bind(new ForceRule(2) { Terms = ["car"] }).ReadsText(EmbeddingInputType.Document));
    }

    [Fact]
    public void Apply_ManyLargeAndSmallFactors_StayFiniteAndAboveZero()
    {
        PolicyRule[] large = [.. Enumerable.Range(0, 200).Select(_ => new BoostRule(1000) { Terms = ["car", "chandrayaan"] })];
        PolicyRule[] small = [.. Enumerable.Range(0, 200).Select(_ => new BoostRule(.001) { Terms = ["bus", "chandra"] })];
        PolicyRule[] banned = [new BanRule { Tokens = ["##ya"] }, new SynonymRule("car", "train", 1000)];
        SparseVector vector = Words.Vector(("car", 2), ("bus", 1), ("chandra", 1), ("##ya", 1), ("##an", 1));
        SparseVector actual = Words.Apply(vector, "chandrayaan", [.. large, .. small, .. banned]);
        Assert.All(actual.Values.ToArray(), value => Assert.True(float.IsFinite(value) && value > 0));
        Assert.Equal((float.MaxValue, float.Epsilon, 0), (actual[Words.Id("train")], actual[Words.Id("bus")], actual[Words.Id("##ya")]));
    }

    [Fact]
    public void Explain_EachStep_SaysWhatWasDone()
    {
        PolicyOutcome outcome = Words.Bind(
            new BanRule { Terms = ["the"] },
            new BoostRule(2) { Terms = ["car"] },
            new SynonymRule("car", "automobile", .8),
            new SynonymRule("chandrayaan", "rocket", .5),
            new ForceRule(1.5) { Terms = ["bus", "XJ-900"] }).Trace(Vector, Words.Ids("Chandrayaan bus"), EmbeddingInputType.Document);

        Assert.Equal(
            ["the: banned (had 0.25)", "car: boosted x2", "bus: forced to 1.5", "rocket: synonym of chandrayaan x0.5", "automobile: synonym of car x0.8"],
            outcome.Effects.Select(e => $"{e.Token}: {e}"));
        Assert.Equal([(.25f, 0f), (2, 4), (1, 1.5f), (0, .25f), (0, 3.2f)], outcome.Effects.Select(e => (e.Before, e.After)));
        Assert.Equal(PolicyAction.Boosted, Assert.Single(outcome.On(Words.Id("car"))).Action);
        Assert.Empty(outcome.On(Words.Id("##ya")));
    }

    [Fact]
    public void Apply_ForeignVectorOrIds_AreRefused()
    {
        BoundPolicy sut = Words.Bind(new ForceRule(1) { Terms = ["car"] });
        Assert.Throws<ArgumentNullException>("vector", () => sut.Apply(null!, [], EmbeddingInputType.Document));
        Assert.Throws<ArgumentException>("vector", () => sut.Apply(new SparseVector([1], [1], 10), [], EmbeddingInputType.Document));
        Assert.Throws<ArgumentException>("textIds", () => sut.Explain(Vector, [1, 30522], EmbeddingInputType.Document));
        Assert.Throws<ArgumentException>("textIds", () => sut.Apply(Vector, [-1], EmbeddingInputType.Document));
    }

    [Fact]
    public void Apply_ConcurrentCallers_SameVectors()
    {
        BoundPolicy sut = Words.Bind(
            new BoostRule(2) { Terms = ["chandrayaan", "car"] }, new SynonymRule("car", "train", .5), new ForceRule(1) { Terms = ["XJ-900"] });
        int[] ids = Words.Ids("chandrayaan and XJ-900");
        SparseVector expected = sut.Apply(Vector, ids, EmbeddingInputType.Document);
        Parallel.For(0, 64, _ => Assert.Equal(expected, sut.Apply(Vector, ids, EmbeddingInputType.Document)));
    }

    [Fact]
    public void Bind_OtherTokenizerForQueries_FindsTheirTokens()
    {
        Tokenizer queries = Words.TokenizerOf("random-bert-sum");
        Tokenizer documents = Words.TokenizerOf("inference-free-idf");
        BoundPolicy sut = new VocabularyPolicy(new BanRule { Terms = ["theory"] }).Bind(documents, queries);
        Assert.Equal(0, sut.Apply(Words.Vector(documents, ("theory", 1)), [], EmbeddingInputType.Document).Count);
        Assert.Equal(0, sut.Apply(Words.Vector(queries, ("theory", 1)), [], EmbeddingInputType.Query).Count);
    }
}
