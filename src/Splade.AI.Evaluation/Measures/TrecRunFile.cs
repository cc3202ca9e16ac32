using System.Globalization;
using System.Text;
using Splade.AI.Evaluation.Files;
using Splade.AI.Search;

namespace Splade.AI.Evaluation;

/// <summary>Reads and writes runs in the files of TREC: query, <c>Q0</c>, document, rank, score and the run's name on each line, between blanks.</summary>
/// <remarks>
/// The rank is written from 1 and not read: as in trec_eval, the scores order a run. Blanks are the white space of ASCII, as there; other
/// characters of Unicode that are spaces may be in ids. Thread-safe.
/// </remarks>
public static class TrecRunFile
{
    private const int Columns = 6;
    private const string Expected = "expected query, Q0, document, rank, score and run";

    /// <summary>Reads a run.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="name">The run's name; null for the one in the file.</param>
    /// <exception cref="InvalidDataException">A line is wrong, or a document comes twice for a query; the message names the file and the line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RetrievalRun Read(string path, string? name = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var results = new OrderedDictionary<string, List<SearchHit<string>>>(StringComparer.Ordinal);
        var lines = new Dictionary<(string Query, string Document), int>();
        foreach ((int number, string line) in DataLines.Read(path))
        {
            string[] fields = Blanks.Split(line);
            if (fields.Length != Columns)
            {
                DataLines.Fail(path, number, $"Found {fields.Length} columns, {Expected}.");
            }

            (string query, string document) = (fields[0], fields[2]);
            if (!lines.TryAdd((query, document), number))
            {
                DataLines.Fail(path, number, $"Document '{document}' comes twice for query '{query}', on line {lines[(query, document)]} too, expected once.");
            }

            name ??= fields[5];
            if (!results.TryGetValue(query, out List<SearchHit<string>>? hits))
            {
                results.Add(query, hits = []);
            }

            hits.Add(new SearchHit<string>(document, ReadScore(path, number, fields[4])));
        }

        return name is null
            ? throw new InvalidDataException($"{path}: There is no line in it, {Expected} on each.")
            : new RetrievalRun(name, results.Select(pair => (pair.Key, (IEnumerable<SearchHit<string>>)pair.Value)));
    }

    /// <summary>Writes a run, in UTF-8 without a mark and with LF, with scores that read back as the same ones.</summary>
    /// <exception cref="ArgumentException">An id of the run is empty or has a blank: it could not be read back. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RetrievalRun run)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(run);
        RequireIds(run);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (string queryId in run.QueryIds)
        {
            int rank = 1;
            foreach ((string document, float score) in run.HitsOf(queryId))
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{queryId} Q0 {document} {rank++} {score:R} {run.Name}"));
            }
        }
    }

    private static void RequireIds(RetrievalRun run)
    {
        foreach (string queryId in run.QueryIds)
        {
            RequireId(queryId, "query", nameof(run));
            foreach ((string document, _) in run.HitsOf(queryId))
            {
                RequireId(document, "document", nameof(run));
            }
        }
    }

    private static void RequireId(string id, string kind, string parameter)
    {
        if (id.Length == 0 || Blanks.Has(id))
        {
            throw new ArgumentException(
                $"The id of a {kind} is '{id}', expected one without blanks: they separate the columns of run files. Write the run with other ids.", parameter);
        }
    }

    private static float ReadScore(string path, int number, string text)
    {
        if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float score) || float.IsNaN(score))
        {
            DataLines.Fail(path, number, $"Found the score '{text}', expected a number.");
        }

        return score;
    }
}
