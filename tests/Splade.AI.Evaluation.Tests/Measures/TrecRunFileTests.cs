using Splade.AI.Search;

namespace Splade.AI.Evaluation.Tests.Measures;

public sealed class TrecRunFileTests
{
    [Fact]
    public void Write_Read_GivesTheSameRun()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(5);
        var run = new RetrievalRun("mine", Enumerable.Range(0, 20).Select(q => ($"q{q}", (IEnumerable<SearchHit<string>>)
            [.. Enumerable.Range(0, random.Next(1, 30)).Select(d => new SearchHit<string>($"doc-{d}-ü", (float)((random.NextDouble() - .3) * Math.Pow(10, random.Next(-9, 9)))))])));
        string path = folder.PathOf("run.trec");

        TrecRunFile.Write(path, run);
        RetrievalRun read = TrecRunFile.Read(path);

        Assert.Equal("mine", read.Name);
        Assert.Equal(run.QueryIds, read.QueryIds);
        Assert.All(run.QueryIds, id => Assert.Equal(run.HitsOf(id), read.HitsOf(id)));
    }

    [Fact]
    public void Write_IsTheFormOfTrec()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("run.trec");

        TrecRunFile.Write(path, new RetrievalRun("mine", [("q1", [new SearchHit<string>("b", .5f), new("a", 1.25f)])]));

        Assert.Equal("q1 Q0 a 1 1.25 mine\nq1 Q0 b 2 0.5 mine\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("q 1", "a", "The id of a query is 'q 1'")]
    [InlineData("q1", "a\fb", "The id of a document is 'a\fb'")]
    [InlineData("q1", "", "The id of a document is ''")]
    public void Write_IdThatCouldNotBeReadBack_IsRefusedAndNothingWritten(string query, string document, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("run.trec");
        var run = new RetrievalRun("mine", [("fine", [new SearchHit<string>("a", 1)]), (query, [new SearchHit<string>(document, 1)])]);

        string message = Assert.Throws<ArgumentException>("run", () => TrecRunFile.Write(path, run)).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Write_SpacesThatAreNoBlanks_AreReadBack()
    {
        using var folder = new TemporaryFolder();
        string path = folder.PathOf("run.trec");

        TrecRunFile.Write(path, new RetrievalRun("my\u00A0run", [("q\u2003", [new SearchHit<string>("a\u2028b\u0085", .5f)])]));
        RetrievalRun read = TrecRunFile.Read(path);

        Assert.Equal(("my\u00A0run", "q\u2003"), (read.Name, Assert.Single(read.QueryIds)));
        Assert.Equal("a\u2028b\u0085", Assert.Single(read.HitsOf("q\u2003")).Key);
    }

    [Fact]
    public void Read_TabsExponentsAndBlankLines_AreUnderstood()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.trec", "\r\n2\tQ0\tx\t9\t1e-3\tsys\r\n1 0 y 1 -2.5 sys\r\n2 Q0 z 1 4 other\r\n");

        RetrievalRun run = TrecRunFile.Read(path, "given");

        Assert.Equal(("given", "2,1"), (run.Name, string.Join(',', run.QueryIds)));
        Assert.Equal([new SearchHit<string>("z", 4), new SearchHit<string>("x", .001f)], run.HitsOf("2"));
    }

    [Theory]
    [InlineData("1 Q0 a 1 2 s\n1 Q0 b 2 1\n", "line 2: Found 5 columns")]
    [InlineData("1 Q0 a 1 high s\n", "line 1: Found the score 'high'")]
    [InlineData("1 Q0 a 1 NaN s\n", "line 1: Found the score 'NaN'")]
    [InlineData("1 Q0 a 1 2 s\n2 Q0 a 1 2 s\n1 Q0 a 2 1 s\n", "line 3: Document 'a' comes twice for query '1', on line 1 too")]
    [InlineData("1 Q0 a\u00A0b 1 2 s\n1 Q0 a\u00A01 2 s\n", "line 2: Found 5 columns")]
    [InlineData("\n", "There is no line in it")]
    public void Read_DamagedFile_SaysFileLineAndProblem(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.trec", text);

        string message = Assert.Throws<InvalidDataException>(() => TrecRunFile.Read(path)).Message;

        Assert.StartsWith(path, message);
        Assert.Contains(problem, message);
        Assert.DoesNotContain("Parameter", message);
    }
}
