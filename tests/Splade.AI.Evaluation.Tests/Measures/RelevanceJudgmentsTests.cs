
namespace Splade.AI.Evaluation.Tests.Measures;

public sealed class RelevanceJudgmentsTests
{
    [Theory]
    [InlineData("query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td1\t1\n")]
    [InlineData("q1 0 d1 2\nq1 0 d2 0\n\nq2 Q0 d1 1\n")]
    [InlineData("q1\t0\td1\t2\r\nq1\t0\td2\t0\r\nq2\t0\td1\t1\r\nq2\t0\td1\t1\r\n")]
    public void Load_BeirOrTrec_GivesTheGrades(string text)
    {
        using var folder = new TemporaryFolder();

        RelevanceJudgments judgments = RelevanceJudgments.Load(folder.Write("qrels", text));

        Assert.Equal(["q1", "q2"], judgments.QueryIds.Order());
        Assert.Equal([("d1", 2), ("d2", 0)], judgments.GradesOf("q1").Select(pair => (pair.Key, pair.Value)).Order());
        Assert.True(judgments.HasRelevant("q2"));
        Assert.False(judgments.HasRelevant("q3"));
        Assert.Equal(2, judgments.QueryCount);
    }

    [Theory]
    [InlineData("query-id\tcorpus-id\tscore\nq 1\t\u00A0d1 \t 1 \n", "q 1", "\u00A0d1 ")]
    [InlineData("query-id\tcorpus-id\tscore\n\"q\t1\"\t\"d \"\"x\"\"\"\t+1\n", "q\t1", "d \"x\"")]
    [InlineData("query-id\tcorpus-id\tscore\nq1\td\"1\"\t1\n", "q1", "d\"1\"")]
    [InlineData("q\u00A01 \t0\fd\u3000\u20281\v1\n", "q\u00A01", "d\u3000\u20281")]
    [InlineData("  \"q1 0 d1\" 1\n", "\"q1", "d1\"")]
    public void Load_SpacesAndQuotes_AreThoseOfTheForm(string text, string query, string document)
    {
        using var folder = new TemporaryFolder();

        RelevanceJudgments judgments = RelevanceJudgments.Load(folder.Write("qrels", text));

        Assert.Equal(query, Assert.Single(judgments.QueryIds));
        Assert.Equal(document, Assert.Single(judgments.GradesOf(query)).Key);
    }

    [Theory]
    [InlineData("query-id\tcorpus-id\tscore\nq1\td1\n", "line 2: Found 2 columns, expected 3")]
    [InlineData("query-id\tcorpus-id\tscore\nq1\td1\tgood\n", "line 2: Found the grade 'good'")]
    [InlineData("q1\td1\t1\n", "line 1: Found 3 columns and no header")]
    [InlineData("q1 0 d1 1\nq1 0 d1\n", "line 2: Found 3 columns, expected 4")]
    [InlineData("q1,d1,1\n", "line 1: Found 1 columns. Expected BEIR's form")]
    [InlineData("query-id corpus-id score\nq1 d1 1\n", "line 1: Found 3 columns. Expected BEIR's form")]
    [InlineData("query-id\tcorpus-id\tscore\nq1 d1 1\n", "line 2: Found 1 columns, expected 3 between tabs")]
    [InlineData("query-id\tcorpus-id\tscore\nq1\t\"d1\t1\n", "line 2: Found a quotation mark that is not closed")]
    [InlineData("q1 0 d\u00A01 1\nq1 0 d\u00A02\n", "line 2: Found 3 columns, expected 4 between blanks")]
    [InlineData("q1 0 d1 1\n\nq1 0 d1 2\n", "line 3: Document 'd1' has the grades 1 (line 1) and 2 for query 'q1'")]
    [InlineData("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td1\t0\n", "line 3: Document 'd1' has the grades 1 (line 2) and 0")]
    [InlineData("", "There is no line in it")]
    public void Load_DamagedFile_SaysFileLineAndProblem(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("qrels.tsv", text);

        string message = Assert.Throws<InvalidDataException>(() => RelevanceJudgments.Load(path)).Message;

        Assert.StartsWith(path, message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain("Parameter", message);
    }
}
