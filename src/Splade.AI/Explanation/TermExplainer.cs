using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>Explains the terms of a vector, one by one.</summary>
internal sealed class TermExplainer
{
    private readonly Tokenizer _tokenizer;
    private readonly ExplainedSide _side;
    private readonly double _mass;
    private readonly Dictionary<int, List<TokenOffset>>? _literal;

    public TermExplainer(ExplainedSide side)
    {
        _tokenizer = side.Tokenizer;
        _side = side;
        _mass = side.Vector.Mass;
        _literal = side.Tokens is null ? null : FindLiteral(side.Tokens, side.Tokenizer);
    }

    /// <summary>Every term, the heaviest first, of equal weights the lower id first.</summary>
    public ExplainedTerm[] ExplainAll() => [.. _side.Vector.Terms(_tokenizer.Vocabulary).Select(Explain)];

    /// <summary>Where each token stands in a text: those that are of the text itself and mean something there.</summary>
    private static Dictionary<int, List<TokenOffset>> FindLiteral(TextTokens tokens, Tokenizer tokenizer)
    {
        var places = new Dictionary<int, List<TokenOffset>>();
        foreach (TextToken token in tokens.Tokens)
        {
            if (token.IsOfText && !tokenizer.IsSpecial(token.Id))
            {
                List<TokenOffset> spans = places.TryGetValue(token.Id, out List<TokenOffset>? known) ? known : places[token.Id] = [];
                if (token.Span is TokenOffset span)
                {
                    spans.Add(span);
                }
            }
        }

        return places;
    }

    private ExplainedTerm Explain(SparseTerm term)
    {
        List<TokenOffset>? occurrences = null;
        bool isLiteral = _literal is not null && _literal.TryGetValue(term.Id, out occurrences);
        ReadOnlySpan<TermSource> sources = _side.Sources.Of(term.Id);
        return new ExplainedTerm
        {
            Id = term.Id,
            Token = term.Token,
            Text = _tokenizer.ReadableText(term.Id),
            Weight = term.Weight,
            Share = term.Weight / _mass,
            Origin = _literal is null ? null
                : isLiteral ? TermOrigin.Literal
                : _side.Policy.Added(term.Id) ? TermOrigin.Policy
                : TermOrigin.Expansion,
            Occurrences = occurrences?.ToArray() ?? [],
            Source = sources.IsEmpty ? null : sources[0],
            RunnersUp = sources.IsEmpty ? [] : sources[1..].ToArray(),
            PolicyEffects = _side.Policy.On(term.Id),
        };
    }
}
