using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>Explains a vector by the text that it is of.</summary>
internal static class TextExplainer
{
    /// <param name="side">The vector; its text is known.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static TextExplanation Explain(ExplainedSide side, int? top) => Explain(side, new TermExplainer(side).ExplainAll(), top);

    /// <inheritdoc cref="Explain(ExplainedSide, int?)"/>
    /// <param name="side">The vector; its text is known.</param>
    /// <param name="terms">All of its terms, explained.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public static TextExplanation Explain(ExplainedSide side, ExplainedTerm[] terms, int? top)
    {
        TextTokens tokens = side.Tokens!;
        ExplainedToken[] read = [.. ReadTokens(side, tokens).Where(t => !IsWhiteSpace(t, tokens.Text))];
        return new TextExplanation
        {
            Text = tokens.Text,
            Vector = side.Vector,
            Terms = terms.Length > top ? terms[..top.Value] : terms,
            Words = new WordJoiner(side.Tokenizer, tokens.Text).Join(read),
            UnweightedTokens = [.. read.Where(t => t.Weight == 0).DistinctBy(t => t.Id)],
            Mass = side.Vector.Mass,
            LiteralShare = Share(terms, TermOrigin.Literal, side.Vector.Mass),
            ExpansionShare = Share(terms, TermOrigin.Expansion, side.Vector.Mass),
            PolicyShare = Share(terms, TermOrigin.Policy, side.Vector.Mass),
            BannedTerms = side.Policy.Banned,
            TokenCount = tokens.Count,
            Truncated = tokens.Truncated,
            SpansUnavailableReason = side.Sources.Obstacle,
        };
    }

    private static double Share(ExplainedTerm[] terms, TermOrigin origin, double mass) =>
        mass > 0 ? terms.Where(t => t.Origin == origin).Sum(t => (double)t.Weight) / mass : 0;

    private static bool IsWhiteSpace(ExplainedToken token, string text) =>
        text.AsSpan(token.Span.Start, token.Span.End - token.Span.Start).IsWhiteSpace();

    /// <summary>The tokens that stand for a part of the text.</summary>
    private static IEnumerable<ExplainedToken> ReadTokens(ExplainedSide side, TextTokens tokens)
    {
        Dictionary<int, double>? produced = Produced(side);
        for (int i = 0; i < tokens.Count; i++)
        {
            TextToken token = tokens.Tokens[i];
            if (token.Span is TokenOffset span)
            {
                yield return new ExplainedToken
                {
                    Position = i,
                    Id = token.Id,
                    Token = side.Tokenizer.Vocabulary[token.Id],
                    Text = side.Tokenizer.ReadableText(token.Id),
                    Span = span,
                    Weight = side.Vector[token.Id],
                    Produced = produced?.GetValueOrDefault(i),
                };
            }
        }
    }

    // By position: the weights of the terms that it gave most.
    private static Dictionary<int, double>? Produced(ExplainedSide side)
    {
        if (side.Sources.ByTerm is null)
        {
            return null;
        }

        var produced = new Dictionary<int, double>();
        for (int i = 0; i < side.Vector.Count; i++)
        {
            ReadOnlySpan<TermSource> sources = side.Sources.Of(side.Vector.Indices[i]);
            if (!sources.IsEmpty)
            {
                int position = sources[0].Position;
                produced[position] = produced.GetValueOrDefault(position) + side.Vector.Values[i];
            }
        }

        return produced;
    }
}
