using Splade.AI.Explanation;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>Explains lexical weights: exactly, since each is that of a token which stands in the text.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="tokens">The tokens that were read of the text.</param>
internal sealed class LexicalExplainer(Tokenizer tokenizer, TextTokens tokens)
{
    private const string NoTokenWeights =
        "The model gives one weight for each entry of its vocabulary, and not those of tokens. Take an export that gives a weight for each token.";

    /// <param name="vector">The vector.</param>
    /// <param name="weights">The weight of each token; empty where it is not known.</param>
    /// <param name="options">What is told.</param>
    public TextExplanation Explain(SparseVector vector, float[] weights, ExplanationOptions options)
    {
        var side = new ExplainedSide(tokenizer, vector, tokens, SourcesOf(vector, weights, options));
        ExplainedTerm[] terms = Array.ConvertAll(new TermExplainer(side).ExplainAll(), Place);
        return TextExplainer.Explain(side, terms, options.Top);
    }

    // A mask token that somebody wrote is one of the text too.
    private ExplainedTerm Place(ExplainedTerm term) => term.Origin == TermOrigin.Literal ? term : term with
    {
        Origin = TermOrigin.Literal,
        Occurrences = [.. tokens.Tokens.ToArray().Where(t => t.Id == term.Id).Select(t => t.Span).OfType<TokenOffset>()],
    };

    private TermSources SourcesOf(SparseVector vector, float[] weights, ExplanationOptions options)
    {
        if (!options.Spans)
        {
            return TermSources.None;
        }

        if (weights.Length != tokens.Count)
        {
            return new TermSources { Obstacle = NoTokenWeights };
        }

        int most = 1 + Math.Min(options.RunnersUp, int.MaxValue - 1);
        return new TermSources
        {
            ByTerm = tokens.Ids
                .Select((id, position) => (Id: id, Source: tokens.Source(position, weights[position])))
                .Where(t => t.Source.Activation > 0 && vector[t.Id] > 0)
                .GroupBy(t => t.Id, t => t.Source)
                .ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.Activation).Take(most).ToArray()),
        };
    }
}
