using System.Globalization;
using Splade.AI;
using Splade.AI.Explanation;
using Splade.AI.Policy;
using Splade.AI.Tokenization;

namespace Splade.Testing.Explanation;

/// <summary>Explanations made by hand: small, with something of everything that renderers show.</summary>
public static class HandMade
{
    private const int Dimensions = 100;

    /// <summary>"Chandrayaan sails" as a query: a word of two pieces, and two expansions, one of them brought about by no word.</summary>
    public static TextExplanation Query => Text(
        "Chandrayaan sails",
        [
            Term(3, "moon", 2f, TermOrigin.Expansion, source: new TermSource(1, new(0, 7), 2f)),
            Term(1, "chandra", 1.5f, TermOrigin.Literal, source: new TermSource(1, new(0, 7), 1.5f), occurrences: [new(0, 7)]),
            Term(2, "##yaan", 1f, TermOrigin.Literal, source: new TermSource(2, new(7, 11), 1f), occurrences: [new(7, 11)]),
            Term(4, "goes", 0.5f, TermOrigin.Expansion, source: new TermSource(0, null, 0.5f)),
        ],
        [
            Word("Chandrayaan sails", (1, "chandra", 0, 7, 1.5f), (2, "##yaan", 7, 11, 1f)),
            Word("Chandrayaan sails", (5, "sails", 12, 17, 0f)),
        ]);

    /// <summary>"The moon &amp; the &lt;sea&gt; 🌊": a literal term that stands in it, expansions with runners-up, and what HTML has to escape.</summary>
    public static TextExplanation Document => Text(
        "The moon & the <sea> 🌊",
        [
            Term(3, "moon", 3f, TermOrigin.Literal, source: new TermSource(2, new(4, 8), 3f), occurrences: [new(4, 8)]),
            Term(6, "ocean", 1.25f, TermOrigin.Expansion, source: new TermSource(5, new(16, 19), 1.25f)) with
            {
                RunnersUp = [new TermSource(2, new(4, 8), 0.5f), new TermSource(0, null, 0.25f)],
            },
            Term(1, "chandra", 0.75f, TermOrigin.Expansion, source: new TermSource(2, new(4, 8), 0.75f)),
        ],
        [
            Word("The moon & the <sea> 🌊", (7, "the", 0, 3, 0f)),
            Word("The moon & the <sea> 🌊", (3, "moon", 4, 8, 3f)),
            Word("The moon & the <sea> 🌊", (8, "sea", 16, 19, 0f)),
            Word("The moon & the <sea> 🌊", (9, "🌊", 21, 23, 0f)),
        ]);

    /// <summary>The query meets the document in <c>moon</c> and <c>chandra</c>: 2 x 3 + 1.5 x 0.75.</summary>
    public static MatchExplanation Match => new()
    {
        Score = 7.125f,
        Terms = [Shared(Query.Terms[0], Document.Terms[0]), Shared(Query.Terms[1], Document.Terms[2])],
        TermCount = 2,
        UnmatchedTerms = [Query.Terms[2], Query.Terms[3]],
        UnmatchedCount = 2,
        ExpansionShare = 1,
        Warning = "The whole score rests on expansion: no term that the query and the document share stands in the texts of both.",
        Query = Query,
        Document = Document,
    };

    /// <summary>The same where only vectors are known.</summary>
    public static MatchExplanation MatchOfVectors => Match with
    {
        Terms = [.. Match.Terms.Select(t => t with { Query = Bare(t.Query), Document = Bare(t.Document) })],
        UnmatchedTerms = [.. Match.UnmatchedTerms.Select(Bare)],
        ExpansionShare = null,
        Warning = null,
        Query = null,
        Document = null,
    };

    /// <summary>The document under a policy: a term boosted, one that only a synonym brought, one that was banned and forced, and one banned.</summary>
    public static TextExplanation UnderPolicy
    {
        get
        {
            ExplainedTerm boosted = Document.Terms[0] with { Weight = 6, PolicyEffects = [new(3, "moon", PolicyAction.Boosted, 3, 6) { Factor = 2 }] };
            ExplainedTerm added = Term(10, "tide", 2.4f, TermOrigin.Policy) with
            {
                PolicyEffects = [new(10, "tide", PolicyAction.Synonym, 0, 2.4f) { Factor = 0.4, SynonymOf = "moon" }],
            };
            ExplainedTerm forced = Term(8, "sea", 1.5f, TermOrigin.Literal, occurrences: [new(16, 19)]) with
            {
                PolicyEffects = [new(8, "sea", PolicyAction.Banned, 0.42f, 0), new(8, "sea", PolicyAction.Forced, 0, 1.5f) { Minimum = 1.5 }],
            };
            ExplainedWord[] words = [Word(Document.Text, (7, "the", 0, 3, 0f)), Word(Document.Text, (3, "moon", 4, 8, 6f)), Word(Document.Text, (8, "sea", 16, 19, 1.5f))];
            TextExplanation text = Text(Document.Text, [boosted, added, forced, Document.Terms[1]], words);
            return text with
            {
                ExpansionShare = 1.25 / text.Mass,
                PolicyShare = 2.4f / text.Mass,
                BannedTerms = [new(7, "the", PolicyAction.Banned, 0.125f, 0), new(11, "##<of>", PolicyAction.Banned, 0.0625f, 0)],
            };
        }
    }

    /// <summary>The query meets that document in <c>moon</c>, and in <c>tide</c> which the policy added to both: 2 x 6 + 1 x 2.4.</summary>
    public static MatchExplanation MatchUnderPolicy
    {
        get
        {
            ExplainedTerm tide = Term(10, "tide", 1f, TermOrigin.Policy) with
            {
                PolicyEffects = [new(10, "tide", PolicyAction.Synonym, 0, 1) { Factor = 0.5, SynonymOf = "moon" }],
            };
            MatchedTerm moon = Shared(Query.Terms[0], UnderPolicy.Terms[0]), added = Shared(tide, UnderPolicy.Terms[1]);
            double score = moon.Contribution + added.Contribution;
            return Match with
            {
                Score = (float)score,
                Terms = [moon with { Share = moon.Contribution / score }, added with { Share = added.Contribution / score }],
                ExpansionShare = moon.Contribution / score,
                PolicyShare = added.Contribution / score,
                Warning = null,
                Query = Query with { BannedTerms = [new(5, "sails", PolicyAction.Banned, 1, 0)] },
                Document = UnderPolicy,
            };
        }
    }

    public static MatchExplanation NoMatch => Match with
    {
        Score = 0,
        Terms = [],
        TermCount = 0,
        ExpansionShare = null,
        Warning = "The query and the document have no term in common: the score is 0.",
    };

    public static TextExplanation Empty => Text("", [], []);

    public static TextExplanation Text(string text, ExplainedTerm[] terms, ExplainedWord[] words)
    {
        double mass = terms.Sum(t => (double)t.Weight);
        double literal = terms.Where(t => t.Origin == TermOrigin.Literal).Sum(t => (double)t.Weight);
        return new TextExplanation
        {
            Text = text,
            Vector = new SparseVector([.. terms.OrderBy(t => t.Id).Select(t => t.Id)], [.. terms.OrderBy(t => t.Id).Select(t => t.Weight)], Dimensions),
            Terms = [.. terms.Select(t => t with { Share = t.Weight / mass })],
            Words = words,
            UnweightedTokens = [.. words.SelectMany(w => w.Parts).Where(p => p.Weight == 0)],
            Mass = mass,
            LiteralShare = mass > 0 ? literal / mass : 0,
            ExpansionShare = mass > 0 ? 1 - (literal / mass) : 0,
            TokenCount = words.Sum(w => w.Parts.Count) + 2,
            Truncated = false,
        };
    }

    public static ExplainedTerm Term(
        int id, string token, float weight, TermOrigin? origin, TermSource? source = null, IReadOnlyList<TokenOffset>? occurrences = null) => new()
        {
            Id = id,
            Token = token,
            Text = token.Replace("##", "", StringComparison.Ordinal),
            Weight = weight,
            Share = 0,
            Origin = origin,
            Source = source,
            Occurrences = occurrences ?? [],
        };

    public static ExplainedWord Word(string text, params (int Id, string Token, int Start, int End, float Weight)[] parts) => new()
    {
        Text = text[parts[0].Start..parts[^1].End],
        Span = new TokenOffset(parts[0].Start, parts[^1].End),
        Parts = [.. parts.Select((p, i) => new ExplainedToken
        {
            Position = i + 1,
            Id = p.Id,
            Token = p.Token,
            Text = p.Token.Replace("##", "", StringComparison.Ordinal),
            Span = new TokenOffset(p.Start, p.End),
            Weight = p.Weight,
        })],
    };

    /// <summary>Runs a test as a machine of another country would.</summary>
    public static T WithDecimalComma<T>(Func<T> run)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static MatchedTerm Shared(ExplainedTerm query, ExplainedTerm document)
    {
        double product = (double)query.Weight * document.Weight;
        return new MatchedTerm { Query = query, Document = document, Contribution = product, Share = product / 7.125 };
    }

    private static ExplainedTerm Bare(ExplainedTerm term) => term with { Origin = null, Source = null, Occurrences = [], RunnersUp = [] };
}
