using System.Runtime.InteropServices;
using Splade.AI.Search;

namespace Splade.AI.Evaluation.Lexical;

/// <summary>English documents ranked by BM25: the lexical baseline that every learned model is measured against.</summary>
/// <remarks>
/// <para>
/// The score of a document is the sum over the query's terms, each as often as it stands there, of
/// <c>ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + k1 * (1 - b + b * length / mean length))</c>, where N is the number of documents, n
/// that of those that hold the term, f how often this one does, and length counts terms. S. Robertson, H. Zaragoza, "The Probabilistic
/// Relevance Framework: BM25 and Beyond", 2009, in the form of Lucene 8 and later: its idf is never negative, and the constant factor
/// k1 + 1, which orders nothing, is left out.
/// </para>
/// <para>
/// Terms are runs of two or more letters, digits and underscores, in lower case, without Lucene's 33 English stop words, and cut to
/// their stems by Snowball's English stemmer. Documents are added first and searched then: not safe for a search while one is added;
/// concurrent searches are safe.
/// </para>
/// </remarks>
public sealed class Bm25Index
{
    /// <summary>How soon more occurrences of a term stop to count, as in Lucene.</summary>
    private const double K1 = 1.2;

    /// <summary>How much longer documents are held back, as in Lucene.</summary>
    private const double B = .75;

    private readonly Dictionary<string, List<(int Document, int Frequency)>> _postings = new(StringComparer.Ordinal);
    private readonly List<string> _ids = [];
    private readonly List<int> _lengths = [];
    private long _totalLength;

    /// <summary>How many documents the index holds.</summary>
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

    /// <summary>The documents with the highest scores, best first; of equal scores the one that was added earlier. Only scores above 0 are hits.</summary>
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

    private SearchHit<string>[] Best(double[] scores, int top)
    {
        BestRows best = new SearchLimits<string>(top, Filter: null, CancellationToken.None).NewBest();
        for (int document = 0; document < scores.Length; document++)
        {
            if (scores[document] > 0)
            {
                best.Offer((float)scores[document], document);
            }
        }

        return Array.ConvertAll(best.Drain(), row => new SearchHit<string>(_ids[(int)row.Position], row.Score));
    }
}
