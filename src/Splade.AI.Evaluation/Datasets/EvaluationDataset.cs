using Splade.AI.Evaluation.Files;

namespace Splade.AI.Evaluation;

/// <summary>Represents a test collection in a folder: documents, queries and judgments in the files of BEIR. Immutable.</summary>
/// <remarks>
/// <c>corpus.jsonl</c> and <c>queries.jsonl</c> hold objects with <c>_id</c>, <c>text</c> and, for documents, <c>title</c>. Judgments
/// are in <c>qrels/*.tsv</c>, of which <c>test.tsv</c> is taken if there are several, or in <c>qrels.tsv</c>. Ids may have spaces in them, though
/// files of TREC cannot hold such. Safe for concurrent use.
/// </remarks>
public sealed class EvaluationDataset
{
    private const string CorpusFile = "corpus.jsonl";
    private const string QueriesFile = "queries.jsonl";
    private const string QrelsFolder = "qrels";
    private const string QrelsFileName = "qrels.tsv";
    private const string TestSplit = "test.tsv";
    private const string Layout = $"Expected a folder in the layout of BEIR: {CorpusFile}, {QueriesFile}, and {QrelsFolder}/{TestSplit} or {QrelsFileName}.";

    private readonly string _corpus;
    private readonly string _queries;
    private readonly IReadOnlyList<FileJudgment> _judgments;

    private EvaluationDataset(string folder, string qrels)
    {
        _corpus = Path.Combine(folder, CorpusFile);
        QrelsPath = qrels;
        _queries = Path.Combine(folder, QueriesFile);
        Queries = [.. BeirFile.ReadQueries(_queries).Select(read => read.Query)];
        _judgments = QrelsFile.Read(qrels);
        Judgments = RelevanceJudgments.From(_judgments);
    }

    /// <summary>Gets the path of the file that the judgments are from.</summary>
    public string QrelsPath { get; }

    /// <summary>Gets all queries, in the order of their file.</summary>
    public IReadOnlyList<EvaluationQuery> Queries { get; }

    /// <summary>Gets the judgments.</summary>
    public RelevanceJudgments Judgments { get; }

    /// <summary>Gets the queries that have a relevant document, in the order of their file: those that can be evaluated.</summary>
    public IEnumerable<EvaluationQuery> JudgedQueries => Queries.Where(query => Judgments.HasRelevant(query.Id));

    /// <summary>Opens a test collection and reads its queries and judgments. Documents are read when they are asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="qrelsPath">The file of the judgments, in BEIR's or TREC's form; null for the folder's own.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is a file.</exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A line is wrong, or no query has a relevant document; the message names the file and the line.</exception>
    public static EvaluationDataset Open(string folder, string? qrelsPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: This is a file. {Layout}");
        }

        RequireFile(Path.Combine(folder, CorpusFile));
        RequireFile(Path.Combine(folder, QueriesFile));
        var dataset = new EvaluationDataset(folder, qrelsPath ?? FindQrels(folder));
        return dataset.JudgedQueries.Any() ? dataset : throw new InvalidDataException(
            $"{dataset.QrelsPath}: It gives no query of {QueriesFile} a relevant document. Check that both use the same ids.");
    }

    /// <summary>Reads the documents from the file, one at a time, each time anew.</summary>
    /// <exception cref="InvalidDataException">A line is wrong, or an id comes twice; the message names the file and the line.</exception>
    public IEnumerable<EvaluationDocument> ReadDocuments() => BeirFile.ReadDocuments(_corpus).Select(read => read.Document);

    /// <summary>Reads all documents, and compares the judgments and the queries with them: what is wrong should be known before hours of encoding.</summary>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <exception cref="InvalidDataException">A line is wrong, or an id comes twice; the message names the file and the line.</exception>
    public EvaluationDatasetCheck Check(CancellationToken cancellationToken = default) =>
        new DatasetChecker(_corpus, _queries, QrelsPath).Check(_judgments, cancellationToken);

    /// <summary>Counts the documents: reads the file, but parses nothing.</summary>
    public int CountDocuments() => DataLines.Read(_corpus).Count();

    private static void RequireFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: There is no such file. {Layout}", path);
        }
    }

    private static string FindQrels(string folder)
    {
        string alone = Path.Combine(folder, QrelsFileName), splits = Path.Combine(folder, QrelsFolder);
        string[] found = Directory.Exists(splits) ? [.. Directory.EnumerateFiles(splits, "*.tsv").Order(StringComparer.Ordinal)] : [];
        string? test = found.FirstOrDefault(file => Path.GetFileName(file) == TestSplit);
        if (test is null && found.Length > 1)
        {
            throw new InvalidDataException(
                $"{splits}: Found {string.Join(", ", found.Select(Path.GetFileName))} and no {TestSplit}. Say which file holds the judgments.");
        }

        string path = test ?? found.FirstOrDefault() ?? alone;
        RequireFile(path);
        return path;
    }
}
