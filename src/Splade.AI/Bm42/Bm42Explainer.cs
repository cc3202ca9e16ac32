using Splade.AI.Explanation;
using Splade.AI.Hashing;
using Splade.AI.Tokenization;

namespace Splade.AI.Bm42;

/// <summary>Explains what BM42 made of a text: exactly, since each weight is that of a word which stands there.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="reader">Reads words as the encoder does.</param>
/// <param name="tokens">The tokens that were read of the text.</param>
internal sealed class Bm42Explainer(Tokenizer tokenizer, Bm42Words reader, TextTokens tokens)
{
    private readonly Bm42Word[] _words = reader.Read(Array.ConvertAll(tokens.Ids, id => (long)id));

    /// <param name="vector">The vector.</param>
    /// <param name="attention">How much each token is attended to; null for a query.</param>
    /// <param name="options">What is told.</param>
    public TextExplanation Explain(SparseVector vector, float[]? attention, ExplanationOptions options)
    {
        // Of two stems on one dimension the one that was met first later has it.
        Dictionary<int, string> stems = [];
        foreach (string stem in _words.Select(w => w.Stem).OfType<string>().Distinct())
        {
            stems[HashedTerms.DimensionOf(stem)] = stem;
        }

        ILookup<string?, Bm42Word> places = _words.ToLookup(w => w.Stem);
        ExplainedTerm[] terms =
        [
            .. Enumerable.Range(0, vector.Count)
                .Select(i => Term(vector.Indices[i], vector.Values[i], vector.Mass, [.. places[stems[vector.Indices[i]]]], attention, options))
                .OrderByDescending(t => t.Weight).ThenBy(t => t.Id),
        ];
        ILookup<int, ExplainedTerm> won = terms.Where(t => t.Source is not null).ToLookup(t => t.Source!.Value.Position);
        ExplainedWord[] words = [.. _words.Select(w => Word(w, Weight(w.Stem), attention, won)).OfType<ExplainedWord>()];
        return new TextExplanation
        {
            Text = tokens.Text,
            Vector = vector,
            Terms = terms.Length > options.Top ? terms[..options.Top.Value] : terms,
            Words = words,
            UnweightedTokens = [.. words.SelectMany(w => w.Parts).Where(p => p.Weight == 0).DistinctBy(p => p.Id)],
            Mass = vector.Mass,
            LiteralShare = vector.Count > 0 ? 1 : 0,
            ExpansionShare = 0,
            TokenCount = tokens.Count,
            Truncated = tokens.Truncated,
        };

        float Weight(string? stem) => stem is not null && stems[HashedTerms.DimensionOf(stem)] == stem ? vector[HashedTerms.DimensionOf(stem)] : 0;
    }

    private ExplainedTerm Term(int dimension, float weight, double mass, Bm42Word[] places, float[]? attention, ExplanationOptions options)
    {
        TermSource[] sources = attention is null || !options.Spans ? [] :
        [
            .. places.OrderByDescending(w => w.Weigh(attention))
                .Take(1 + Math.Min(options.RunnersUp, int.MaxValue - 1))
                .Select(w => new TermSource(w.Word.Pieces[0], SpanOf(w), reader.Scale(w.Weigh(attention)))),
        ];
        return new ExplainedTerm
        {
            Id = dimension,
            Token = places[0].Stem!,
            Text = places[0].Stem!,
            Weight = weight,
            Share = weight / mass,
            Origin = TermOrigin.Literal,
            Occurrences = [.. places.Select(SpanOf).OfType<TokenOffset>()],
            Source = sources.Length > 0 ? sources[0] : null,
            RunnersUp = sources.Length > 0 ? sources[1..] : [],
        };
    }

    /// <summary>A word that stands in the text, whose pieces share its weight by the attention that each has, in a query equally.</summary>
    private ExplainedWord? Word(Bm42Word word, float weight, float[]? attention, ILookup<int, ExplainedTerm> won)
    {
        if (SpanOf(word) is not TokenOffset span)
        {
            return null;
        }

        double whole = attention is null ? word.Word.Pieces.Count : word.Weigh(attention);
        double? produced = attention is null ? null : won[word.Word.Pieces[0]].Sum(t => (double)t.Weight);
        return new ExplainedWord
        {
            Text = tokens.Text[span.Start..span.End],
            Span = span,
            Parts = [.. word.Word.Pieces.Where(p => tokens.Tokens[p].Span is not null).Select(Part)],
        };

        ExplainedToken Part(int piece)
        {
            double share = whole > 0 ? (attention?[piece] ?? 1) / whole : 0;
            int id = tokens.Tokens[piece].Id;
            return new ExplainedToken
            {
                Position = piece,
                Id = id,
                Token = tokenizer.Vocabulary[id],
                Text = tokenizer.ReadableText(id),
                Span = tokens.Tokens[piece].Span!.Value,
                Weight = (float)(weight * share),
                Produced = produced * share,
            };
        }
    }

    private TokenOffset? SpanOf(Bm42Word word)
    {
        TokenOffset[] spans = [.. word.Word.Pieces.Select(p => tokens.Tokens[p].Span).OfType<TokenOffset>()];
        return spans.Length == 0 ? null : new TokenOffset(spans.Min(s => s.Start), spans.Max(s => s.End));
    }
}
