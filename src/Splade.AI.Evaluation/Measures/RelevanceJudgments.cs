using System.Collections.ObjectModel;
using Splade.AI.Evaluation.Files;

namespace Splade.AI.Evaluation;

/// <summary>Represents the qrels of a test collection: the documents that are relevant to its queries, and how much. Immutable.</summary>
/// <remarks>A grade above 0 is relevant, 0 and below is not, and a document without a grade counts as not relevant. Safe for concurrent use.</remarks>
public sealed class RelevanceJudgments
{
    private readonly Dictionary<string, ReadOnlyDictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>Initializes judgments from their triples.</summary>
    /// <exception cref="ArgumentException">Two of them give a document different grades for one query.</exception>
    public RelevanceJudgments(IEnumerable<(string QueryId, string DocumentId, int Grade)> judgments)
    {
        ArgumentNullException.ThrowIfNull(judgments);
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach ((string query, string document, int grade) in judgments)
        {
            if (!grades.TryGetValue(query, out Dictionary<string, int>? ofQuery))
            {
                grades.Add(query, ofQuery = new Dictionary<string, int>(StringComparer.Ordinal));
            }

            if (!ofQuery.TryAdd(document, grade) && ofQuery[document] != grade)
            {
                throw new ArgumentException(
                    $"Document '{document}' has the grades {ofQuery[document]} and {grade} for query '{query}', expected one.", nameof(judgments));
            }
        }

        foreach ((string query, Dictionary<string, int> ofQuery) in grades)
        {
            _grades.Add(query, ofQuery.AsReadOnly());
        }
    }

    /// <summary>Gets the number of queries that have judgments.</summary>
    public int QueryCount => _grades.Count;

    /// <summary>Gets the queries that have judgments.</summary>
    public IEnumerable<string> QueryIds => _grades.Keys;

    /// <summary>Reads judgments in BEIR's form (a header, then query, document and grade) or in TREC's (query, 0, document, grade).</summary>
    /// <param name="path">
    /// The file, in UTF-8. Its first line decides the form. In BEIR's, tabs separate the columns, and a column that begins with a quotation mark ends
    /// with one; in TREC's, runs of blanks do, which are spaces, tabs and the other white space of ASCII.
    /// </param>
    /// <exception cref="InvalidDataException">A line is wrong, or two give a document different grades; the message names the file and the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RelevanceJudgments Load(string path) => From(QrelsFile.Read(path));

    /// <summary>Gets the grades of the documents that were judged for a query; none for a query without judgments.</summary>
    public IReadOnlyDictionary<string, int> GradesOf(string queryId) =>
        _grades.TryGetValue(queryId, out ReadOnlyDictionary<string, int>? grades) ? grades : ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Determines whether a query has at least one relevant document: without, no ranking is better than another.</summary>
    public bool HasRelevant(string queryId) => GradesOf(queryId).Values.Any(grade => grade > 0);

    internal static RelevanceJudgments From(IEnumerable<FileJudgment> judgments) =>
        new(judgments.Select(judgment => (judgment.QueryId, judgment.DocumentId, judgment.Grade)));
}
