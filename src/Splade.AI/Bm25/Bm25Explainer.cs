using Splade.AI.Explanation;
using Splade.AI.Hashing;
using Splade.AI.Tokenization;

namespace Splade.AI.Bm25;

/// <summary>Explains what BM25 made of a text: exactly, since each weight is that of words which stand there.</summary>
/// <param name="reader">Reads words as the encoder does.</param>
internal sealed class Bm25Explainer(WordReader reader)
{
    /// <param name="text">The text.</param>
    /// <param name="encoding">What was made of it.</param>
    /// <param name="top">How many terms are listed; null for all.</param>
    public TextExplanation Explain(string text, Bm25Encoding encoding, int? top)
    {
        SparseVector vector = encoding.Vector;
        ReadWord[] words = ReadWords(text);

        // Of two terms on one dimension the one that was met first later has it.
        Dictionary<int, Term> terms = [];
        foreach (Term term in words.Select(w => w.Term).OfType<Term>().Distinct())
        {
            terms[term.Dimension] = term;
        }

        ILookup<Term?, TokenOffset> places = words.ToLookup(w => w.Term, w => w.Span);
        ExplainedTerm[] explained = [.. Terms(vector, terms, places).OrderByDescending(t => t.Weight).ThenBy(t => t.Id)];
        ExplainedWord[] all = [.. words.Select((word, i) => Word(text, word, i, WeightOf(word.Term)))];
        return new TextExplanation
        {
            Text = text,
            Vector = vector,
            Terms = explained.Length > top ? explained[..top.Value] : explained,
            Words = all,
            UnweightedTokens = [.. all.SelectMany(w => w.Parts).Where(p => p.Weight == 0).DistinctBy(p => p.Token)],
            Mass = vector.Mass,
            LiteralShare = vector.Count > 0 ? 1 : 0,
            ExpansionShare = 0,
            TokenCount = encoding.Length,
            Truncated = false,
        };

        float WeightOf(Term? term) => term is not null && term.Equals(terms[term.Dimension]) ? vector[term.Dimension] : 0;
    }

    private static IEnumerable<ExplainedTerm> Terms(SparseVector vector, Dictionary<int, Term> terms, ILookup<Term?, TokenOffset> places)
    {
        for (int i = 0; i < vector.Count; i++)
        {
            Term term = terms[vector.Indices[i]];
            yield return new ExplainedTerm
            {
                Id = term.Dimension,
                Token = term.Stem,
                Text = term.Stem,
                Weight = vector.Values[i],
                Share = vector.Values[i] / vector.Mass,
                Origin = TermOrigin.Literal,
                Occurrences = [.. places[term]],
            };
        }
    }

    private static ExplainedWord Word(string text, ReadWord word, int position, float weight)
    {
        string name = word.Term?.Stem ?? word.Lower;
        return new ExplainedWord
        {
            Text = text[word.Span.Start..word.Span.End],
            Span = word.Span,
            Parts =
            [
                new ExplainedToken
                {
                    Position = position,
                    Id = word.Term?.Dimension ?? HashedTerms.DimensionOf(name),
                    Token = name,
                    Text = name,
                    Span = word.Span,
                    Weight = weight,
                },
            ],
        };
    }

    private ReadWord[] ReadWords(string text)
    {
        var spans = new List<TokenOffset>();
        reader.Cut(text, spans);
        return [.. spans.Select(span => reader.Read(text, span))];
    }
}
