
namespace Splade.AI.Evaluation.Tests.Datasets;

public sealed class EvaluationDatasetTests
{
    private const string Corpus = "{\"_id\": \"d1\", \"title\": \"Tides\", \"text\": \"The Moon.\"}\n{\"_id\": 2, \"text\": \"Bread.\", \"metadata\": {}}\n";
    private const string Queries = "{\"_id\": \"q1\", \"text\": \"moon\"}\n{\"_id\": \"q2\", \"text\": \"nothing\"}\n{\"_id\": \"q3\", \"text\": \"unjudged\"}\n";
    private const string Qrels = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td1\t0\n";

    [Theory]
    [InlineData("qrels.tsv")]
    [InlineData("qrels/test.tsv")]
    [InlineData("qrels/dev.tsv")]
    public void Open_FolderOfBeir_ReadsAllOfIt(string qrels)
    {
        using var folder = Folder(qrels: qrels);

        var dataset = EvaluationDataset.Open(folder.Path);

        Assert.Equal(["Tides The Moon.", "Bread."], dataset.ReadDocuments().Select(document => document.FullText));
        Assert.Equal(["d1", "2"], dataset.ReadDocuments().Select(document => document.Id));
        Assert.Equal(2, dataset.CountDocuments());
        Assert.Equal(3, dataset.Queries.Count);
        Assert.Equal(new EvaluationQuery("q1", "moon"), Assert.Single(dataset.JudgedQueries));
        Assert.Equal(folder.PathOf(qrels), dataset.QrelsPath);
    }

    [Fact]
    public void Open_SeveralSplits_TakesTestOrAsks()
    {
        using var folder = Folder(qrels: "qrels/train.tsv");
        folder.Write("qrels/dev.tsv", Qrels);

        Assert.Contains("dev.tsv, train.tsv and no test.tsv", Assert.Throws<InvalidDataException>(() => EvaluationDataset.Open(folder.Path)).Message);
        Assert.Single(EvaluationDataset.Open(folder.Path, folder.PathOf("qrels/dev.tsv")).JudgedQueries);
        folder.Write("qrels/test.tsv", Qrels);
        Assert.EndsWith("test.tsv", EvaluationDataset.Open(folder.Path).QrelsPath);
    }

    [Theory]
    [InlineData("corpus.jsonl")]
    [InlineData("queries.jsonl")]
    [InlineData("qrels.tsv")]
    public void Open_MissingFile_IsNamedWithTheLayout(string file)
    {
        using var folder = Folder();
        File.Delete(folder.PathOf(file));

        FileNotFoundException problem = Assert.Throws<FileNotFoundException>(() => EvaluationDataset.Open(folder.Path));

        Assert.StartsWith(folder.PathOf(file), problem.Message);
        Assert.Contains("corpus.jsonl, queries.jsonl", problem.Message);
    }

    [Theory]
    [InlineData("{\"_id\": \"a\"}\n", "line 1: Found an object without \"text\"")]
    [InlineData("{\"_id\": \"a\", \"text\": \"t\"}\n{\"text\": \"t\"}\n", "line 2: Found an object without \"_id\"")]
    [InlineData("{\"_id\": \"a\", \"text\": 3}\n", "line 1: Found Number for \"text\"")]
    [InlineData("{\"_id\": \"\", \"text\": \"t\"}\n", "line 1: Found an empty \"_id\"")]
    [InlineData("{\"_id\":\"d1\",\"title\":\"\",\"text\":\"moon \\ud83d ocean\"}\n", "line 1: Found half of a surrogate pair")]
    [InlineData("\n{\"_id\":\"d1\",\"title\":\"\\udcb2\",\"text\":\"moon\"}\n", "line 2: Found half of a surrogate pair")]
    [InlineData("{\"_id\":\"\\ud83d\",\"text\":\"moon\"}\n", "line 1: Found half of a surrogate pair")]
    [InlineData("{\"\\ud83d\":1,\"_id\":\"d\",\"text\":\"\\ud83d\"}\n", "line 1: Found half of a surrogate pair")]
    [InlineData("\u00A0\n{\"_id\": \"a\", \"text\": \"t\"}\n", "line 1: Found no JSON")]
    [InlineData("\n[1]\n", "line 2: Found Array")]
    [InlineData("{\"_id\": \"a\",\n", "line 1: Found no JSON from byte")]
    [InlineData("{\"_id\": \"a\", \"text\": \"t\"}\n{\"_id\": \"a\", \"text\": \"u\"}\n", "line 2: Found the \"_id\" 'a' twice, on line 1 too")]
    public void ReadDocuments_DamagedFile_SaysFileLineAndProblem(string corpus, string problem)
    {
        using var folder = Folder(corpus);

        string message = Assert.Throws<InvalidDataException>(() => EvaluationDataset.Open(folder.Path).ReadDocuments().ToList()).Message;

        Assert.StartsWith(folder.PathOf("corpus.jsonl"), message);
        Assert.Contains(problem, message);
    }

    [Fact]
    public void ReadDocuments_BytesThatAreNoUtf8_AreRefused()
    {
        using var folder = Folder();
        File.WriteAllBytes(folder.PathOf("corpus.jsonl"), [.. "{\"_id\": \"a\", \"text\": \""u8, 0xFF, .. "\"}\n"u8]);

        Assert.Contains("no UTF-8", Assert.Throws<InvalidDataException>(() => EvaluationDataset.Open(folder.Path).ReadDocuments().ToList()).Message);
    }

    [Fact]
    public void Open_JudgmentsOfOtherQueries_AreRefused()
    {
        using var folder = Folder();
        folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nother\td1\t1\n");

        Assert.Contains("gives no query", Assert.Throws<InvalidDataException>(() => EvaluationDataset.Open(folder.Path)).Message);
    }

    [Theory]
    [InlineData("{\"_id\":\"q1\",\"text\":\"a\"}\n{\"_id\":\"q1\",\"text\":\"b\"}\n", "line 2: Found the \"_id\" 'q1' twice, on line 1 too")]
    [InlineData("{\"_id\":\"q1\",\"text\":\"\\udcb2\"}\n", "line 1: Found half of a surrogate pair")]
    public void Open_DamagedQueries_SaysFileLineAndProblem(string queries, string problem)
    {
        using var folder = Folder();
        folder.Write("queries.jsonl", queries);

        string message = Assert.Throws<InvalidDataException>(() => EvaluationDataset.Open(folder.Path)).Message;

        Assert.StartsWith($"{folder.PathOf("queries.jsonl")}, {problem}", message);
    }

    [Fact]
    public void Open_AFile_SaysThatItIsNoFolder()
    {
        using var folder = Folder();

        Assert.Contains("This is a file", Assert.Throws<DirectoryNotFoundException>(() => EvaluationDataset.Open(folder.PathOf("qrels.tsv"))).Message);
    }

    [Fact]
    public void Open_IdsWithSpaces_AreReadAsTheyStand()
    {
        using var folder = Folder("{\"_id\": \" d\u00A01 x \", \"text\": \"t\"}\n");
        folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\t d\u00A01 x \t1\n");

        var dataset = EvaluationDataset.Open(folder.Path);

        Assert.Equal(" d\u00A01 x ", Assert.Single(dataset.Judgments.GradesOf("q1")).Key);
        Assert.Equal(0, dataset.Check().UnknownDocuments);
        Assert.StartsWith($"{folder.PathOf("corpus.jsonl")}, line 1: The id ' d\u00A01 x '", dataset.Check().IdWithBlank);
    }

    [Fact]
    public void Check_FilesThatFit_FindsNothing()
    {
        using var folder = Folder();

        EvaluationDatasetCheck check = EvaluationDataset.Open(folder.Path).Check();

        Assert.Equal((2, 0, 0), (check.Documents, check.UnknownDocuments, check.UnknownQueries));
        Assert.Empty(check.Warnings);
        Assert.Empty(check.IdenticalIds);
        Assert.Null(check.IdWithBlank);
    }

    [Fact]
    public void Check_JudgmentsOfWhatIsNotThere_AreNamedByLine()
    {
        using var folder = Folder();
        string qrels = folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\tx\t1\nq2\tx\t1\nq9\ty\t0\n");

        EvaluationDatasetCheck check = EvaluationDataset.Open(folder.Path).Check();

        Assert.Equal((2, 1), (check.UnknownDocuments, check.UnknownQueries));
        Assert.Equal(
            [
                $"{qrels}, line 3: The document 'x' is not in corpus.jsonl, nor is another one of the judgments.",
                $"{qrels}, line 5: The query 'q9' is not in queries.jsonl.",
            ],
            check.Warnings);
    }

    [Fact]
    public void Check_QueriesThatAreDocuments_AreToldFromOnesWithTheSameId()
    {
        const string Documents = """
            {"_id": "q1", "title": "argument", "text": " moon\n"}
            {"_id": "q2", "title": "no", "text": "thing else"}
            {"_id": "q3", "title": "un", "text": "judged"}
            {"_id": "d1", "text": "unjudged"}
            """;
        using var folder = Folder(Documents);
        folder.Write("queries.jsonl", Queries.Replace("unjudged", "un judged", StringComparison.Ordinal));

        EvaluationDatasetCheck check = EvaluationDataset.Open(folder.Path).Check();

        Assert.Equal(["q1", "q2", "q3"], check.IdenticalIds.Order());
        Assert.Equal(["q1", "q3"], check.OwnDocuments.Order());
    }

    private static TemporaryFolder Folder(string corpus = Corpus, string qrels = "qrels.tsv")
    {
        var folder = new TemporaryFolder();
        folder.Write("corpus.jsonl", corpus);
        folder.Write("queries.jsonl", Queries);
        folder.Write(qrels, Qrels);
        return folder;
    }
}
