using System.Globalization;
using Splade.AI.Explanation;
using Splade.AI.Explanation.Rendering.Wording;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Explanation.Rendering.Wording;

public sealed class HighlightedTextTests
{
    [Theory]
    [MemberData(nameof(RandomExplanations.Seeds), MemberType = typeof(RandomExplanations))]
    public void Runs_AnySpans_AreTheWholeTextAndNoCharacterIsCut(int seed)
    {
        TextExplanation explanation = RandomExplanations.Create(seed);
        var text = HighlightedText.Of(explanation);
        Assert.Equal(explanation.Text, string.Concat(text.Runs.Select(r => explanation.Text[r.Span.Start..r.Span.End])));
        Assert.All(text.Runs, r => Assert.True(r.Span.End > r.Span.Start));
        int[] borders = [.. StringInfo.ParseCombiningCharacters(explanation.Text), explanation.Text.Length];
        Assert.All(text.Runs, r => Assert.Contains(r.Span.End, borders));
        Assert.All(text.Runs.Where(r => r.Highlight is not null), r => Assert.InRange(text.Intensity(r.Highlight!), 0, 1));
    }

    [Fact]
    public void Highlights_TermsWithSources_AddUpToTheirAmounts()
    {
        var text = HighlightedText.Of(HandMade.Query);
        Highlight word = Assert.Single(text.Runs, r => r.Highlight is not null).Highlight!;
        Assert.Equal(new TokenOffset(0, 11), word.Span);
        Assert.Equal(4.5, word.Amount);
        Assert.Equal(TermOrigin.Literal, word.Origin);
        Assert.Equal(1, text.Intensity(word));
    }

    [Fact]
    public void Highlights_AdjacentAndOverlapping_StaySingleOrBecomeOne()
    {
        Assert.Equal([(0, 2), (2, 4)], Spans((0, 2), (2, 4)));
        Assert.Equal([(0, 5)], Spans((0, 3), (2, 5)));
        Assert.Equal([(0, 5)], Spans((0, 5), (1, 2), (3, 4)));
        Assert.Equal([(3, 6)], Spans((3, 60)));
        Assert.Empty(Spans((6, 7), (2, 2)));
    }

    [Fact]
    public void Highlights_HalfOfAPair_AreOfTheWholeCharacter()
    {
        ExplainedTerm half = HandMade.Term(1, "wave", 1, TermOrigin.Expansion, new TermSource(1, new(2, 3), 1));
        var text = HighlightedText.Of(HandMade.Text("a 🌊 b", [half], []));
        Assert.Equal(new TokenOffset(2, 4), Assert.Single(text.Runs, r => r.Highlight is not null).Span);
    }

    [Fact]
    public void Highlights_OtherPlacesOfALiteralTerm_HaveNoAmount()
    {
        ExplainedTerm tide = HandMade.Term(1, "tide", 2, TermOrigin.Literal, new TermSource(1, new(0, 4), 2), [new(0, 4), new(9, 13)]);
        var text = HighlightedText.Of(HandMade.Text("tide and tide", [tide], []));
        Assert.Equal([2.0, 0.0], text.Runs.Where(r => r.Highlight is not null).Select(r => r.Highlight!.Amount));
    }

    [Fact]
    public void Highlights_WithoutSources_AreWhereLiteralTermsStand()
    {
        ExplainedTerm tide = HandMade.Term(1, "tide", 2, TermOrigin.Literal, source: null, [new(0, 4), new(9, 13)]);
        ExplainedTerm sea = HandMade.Term(2, "sea", 1, TermOrigin.Expansion);
        var text = HighlightedText.Of(HandMade.Text("tide and tide", [tide, sea], []));
        Assert.Equal([2.0, 2.0], text.Runs.Where(r => r.Highlight is not null).Select(r => r.Highlight!.Amount));
    }

    [Fact]
    public void Highlights_MostlyExpansion_AreExpansion()
    {
        ExplainedTerm own = HandMade.Term(1, "tide", 1, TermOrigin.Literal, new TermSource(1, new(0, 4), 1), [new(0, 4)]);
        ExplainedTerm added = HandMade.Term(2, "sea", 1.5f, TermOrigin.Expansion, new TermSource(1, new(0, 4), 1.5f));
        var text = HighlightedText.Of(HandMade.Text("tide", [added, own], []));
        Assert.Equal(TermOrigin.Expansion, text.Runs[0].Highlight!.Origin);
    }

    private static IEnumerable<(int Start, int End)> Spans(params (int Start, int End)[] sources)
    {
        ExplainedTerm[] terms = [.. sources.Select((s, i) =>
            HandMade.Term(i + 1, "term", 1, TermOrigin.Expansion, new TermSource(1, new TokenOffset(s.Start, s.End), 1)))];
        return HighlightedText.Of(HandMade.Text("abcdef", terms, [])).Runs
            .Where(r => r.Highlight is not null)
            .Select(r => (r.Span.Start, r.Span.End));
    }
}
