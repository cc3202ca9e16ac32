using System.Runtime.InteropServices;
using Splade.AI.Search;

namespace Splade.AI.Evaluation.Lexical;

/// <summary>Ranks English documents by BM25: the lexical baseline that every learned model is measured against.</summary>
/// <remarks>
/// <para>
/// The score of a document is the sum over the query's terms, each as often as it stands there, of
/// <c>ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / mean length))</c>, where N is the number of documents, n
/// that of those that hold the term, f how often this one does, and length counts terms. S. Robertson, H. Zaragoza, "The Probabilistic
/// Relevance Framework: BM25 and Beyond", 2009, in the form of Lucene 8 and later: its idf is never negative, and the constant factor
/// k1 + 1, which orders nothing, is left out.
/// </para>
/// <para>
/// It is not <see cref="Bm25EmbeddingGenerator"/>, whose vectors are FastEmbed's: terms, stems, formula and idf of the two differ.
/// </para>
/// <para>
/// Terms are runs of two or more letters, digits and underscores, in lower case, without Lucene's 33 English stop words, and cut to
/// their stems by Snowball's English stemmer. Documents are added first and searched then: not safe for a search while one is added;
/// concurrent searches are safe.
/// </para>
/// </remarks>
public sealed class Bm25Index
{
    /// <summary>The saturation of term frequency: the lower, the sooner more occurrences stop to count. Lucene's default.</summary>
    private const double K1 = 1.2;

    /// <summary>The normalisation by length: the higher, the more longer documents are held back. Lucene's default.</summary>
    private const double B = .75;

    private readonly Dictionary<string, List<(int Document, int Frequency)>> _postings = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private readonly List<int> _lengths = [];
    private long _totalLength;

    /// <summary>Gets the number of documents in the index.</summary>
    public int Count => _ids.Count;

    /// <summary>Adds a document.</summary>
    /// <param name="id">Its id; one that is added twice is found twice.</param>
    /// <param name="text">Its text.</param>
    public void Add(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        int length = 0;
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string term in EnglishAnalyzer.Analyze(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(frequencies, term, out _)++;
            length++;
        }

        foreach ((string term, int frequency) in frequencies)
        {
            ref List<(int, int)>? postings = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
            (postings ??= []).Add((_ids.Count, frequency));
        }

        _ids.Add(id);
        _lengths.Add(length);
        _totalLength += length;
    }

    /// <summary>Finds the documents with the highest scores above 0, best first; of equal scores the one that was added earlier.</summary>
    /// <param name="query">The query.</param>
    /// <param name="top">How many hits at most, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public IReadOnlyList<SearchHit<string>> Search(string query, int top)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        double[] scores = new double[_ids.Count];
        double meanLength = (double)_totalLength / Math.Max(1, _ids.Count);
        foreach (string term in EnglishAnalyzer.Analyze(query))
        {
            if (_postings.TryGetValue(term, out List<(int Document, int Frequency)>? postings))
            {
                double idf = Math.Log(1 + ((_ids.Count - postings.Count + .5) / (postings.Count + .5)));
                foreach ((int document, int frequency) in postings)
                {
                    scores[document] += idf * frequency / (frequency + (K1 * (1 - B + (B * _lengths[document] / meanLength))));
                }
            }
        }

        return Best(scores, top);
    }

    // A stable sort, so that of equal scores the earlier document stays the first; in single precision, as hits have them.
    private SearchHit<string>[] Best(double[] scores, int top) =>
    [
        .. Enumerable.Range(0, scores.Length)
            .Where(document => scores[document] > 0)
            .Select(document => new SearchHit<string>(_ids[document], (float)scores[document]))
            .OrderByDescending(hit => hit.Score)
            .Take(top),
    ];
}
