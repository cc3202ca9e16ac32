using System.Text;
using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.Testing.Explanation;

/// <summary>Explanations of texts that are hard to render, with spans anywhere: one in another, across characters, beyond the text.</summary>
public static class RandomExplanations
{
    private static readonly string[] Pieces =
    [
        "a", "word", " ", "  ", "\n", "\r\n", "\r", "\t", "<script>alert(1)</script>", "</blockquote>", "<!--", "]]>", "&amp;", "&", "\"", "'", "é", "e\u0301",
        "🌊", "👩‍🚀", "🇮🇳", "中文", "한국어", "שלום", "مرحبا", "\u202E", "\u2066", "\u200B", "\u2028", "\e[31m", "\e]0;title\a", "\u009B1m", "\0", "\u007F",
        "\uD83C", "\uDF0A", "\uFFFE", "\uFEFF", "नमस्ते",
    ];

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 60));

    public static TextExplanation Create(int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = random.Next(25); i > 0; i--)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
        }

        return Create(random, text.ToString()) with { Truncated = random.Next(4) == 0 };
    }

    public static MatchExplanation CreateMatch(int seed)
    {
        TextExplanation query = Create(seed), document = Create(seed + 1);
        (ExplainedTerm First, ExplainedTerm Second)[] shared = [.. query.Terms.Join(document.Terms, t => t.Id, t => t.Id, (q, d) => (q, d))];
        double score = shared.Sum(t => (double)t.First.Weight * t.Second.Weight);
        return new MatchExplanation
        {
            Score = (float)score,
            Terms = [.. shared.Select(t => new MatchedTerm
            {
                Query = t.First,
                Document = t.Second,
                Contribution = (double)t.First.Weight * t.Second.Weight,
                Share = t.First.Weight * t.Second.Weight / score,
            })],
            TermCount = shared.Length,
            UnmatchedTerms = [.. query.Terms.ExceptBy(document.Terms.Select(t => t.Id), t => t.Id)],
            UnmatchedCount = query.TermCount - shared.Length,
            Query = query,
            Document = document,
        };
    }

    private static TextExplanation Create(Random random, string text)
    {
        TokenOffset[] spans = [.. Enumerable.Range(0, random.Next(12)).Select(_ => Span(random, text))];
        ExplainedTerm[] terms = [.. spans.Select((span, i) => HandMade.Term(
            i + 1,
            Pieces[random.Next(Pieces.Length)],
            1f / (i + 1),
            random.Next(2) == 0 ? TermOrigin.Literal : TermOrigin.Expansion,
            random.Next(4) switch { 0 => null, 1 => new TermSource(0, null, 1), _ => new TermSource(i, span, 1) },
            random.Next(2) == 0 ? [span, Span(random, text)] : []))];
        return HandMade.Text(text, terms, []) with { Words = [.. spans.Take(random.Next(6)).Select(span => Word(span, text))] };
    }

    private static TokenOffset Span(Random random, string text)
    {
        int start = random.Next(text.Length + 2);
        return new TokenOffset(start, start + random.Next(8));
    }

    private static ExplainedWord Word(TokenOffset span, string text) => new()
    {
        Text = text[Math.Min(span.Start, text.Length)..Math.Min(span.End, text.Length)],
        Span = span,
        Parts = [new ExplainedToken { Position = 1, Id = 1, Token = "word", Text = "word", Span = span, Weight = 1 }],
    };
}
