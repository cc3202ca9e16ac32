using Microsoft.Extensions.AI;
using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid.Storage;

/// <summary>A table of several vectors gives what scoring all records gives, in memory and in a folder, with many segments.</summary>
public sealed class RecordTableTests : IDisposable
{
    private const int TableRows = 16;

    private const int SparseColumns = 2;

    private static readonly DenseColumn[] DenseColumns = [new("one", 3, SimilarityFunction.Cosine), new("two", 5, SimilarityFunction.Dot)];
    private static readonly Dictionary<string, string> Space = new() { ["columns"] = "two and two" };

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-columns-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_EachColumn_GivesWhatScoringAllGives(bool inFolder)
    {
        var random = new Random(5);
        var expected = new Dictionary<string, StoredRecord>();
        RecordTable table = New(inFolder);
        for (int batch = 0; batch < 12; batch++)
        {
            List<KeyValuePair<string, StoredRecord>> records =
                [.. Enumerable.Range(0, 10).Select(_ => KeyValuePair.Create<string, StoredRecord>($"{random.Next(60)}", Record(random)))];
            table.Upsert(records);
            records.ForEach(record => expected[record.Key] = record.Value);
            string gone = $"{random.Next(60)}";
            Assert.Equal(expected.Remove(gone) ? 1 : 0, table.Remove([gone]));
            if (inFolder && batch % 4 == 3)
            {
                table.Dispose();
                table = New(inFolder);
            }

            Check(table, expected, Record(random));
        }

        table.Dispose();
    }

    [Fact]
    public void Upsert_OtherSizeInAnyColumn_PutsNothingIn()
    {
        using RecordTable table = New(inFolder: false);
        StoredRecord good = Record(new Random(1));
        table.Upsert([KeyValuePair.Create("good", good)]);
        StoredRecord[] bad =
        [
            new NewRecord(string.Empty, good.Metadata, [good.SparseAt(0), new SparseVector([], [], 9)], [good.DenseAt(0), good.DenseAt(1)]),
            new NewRecord(string.Empty, good.Metadata, [good.SparseAt(0), good.SparseAt(1)], [good.DenseAt(0), good.DenseAt(0)]),
        ];
        var space = new Dictionary<string, string>(Space) { ["model"] = "one" };
        Assert.All(bad, record => Assert.Throws<ArgumentException>(
            "records", () => table.Upsert([KeyValuePair.Create("other", good), KeyValuePair.Create("bad", record)], space)));
        using RecordReading reading = table.Read();
        Assert.Equal(1, reading.Count);
        Assert.Equal(Space, table.EmbeddingSpace);
    }

    [Fact]
    public void Open_OtherColumns_IsRefused()
    {
        New(inFolder: true).Dispose();
        Assert.Throws<SearchStorageException>(() => RecordTable.Open(_folder, 3, [], Space));
    }

    [Fact]
    public void Remember_EmptyTable_ForgetsWhatWasThere()
    {
        using (RecordTable table = New(inFolder: true))
        {
            table.Remember(new Dictionary<string, string>(Space) { ["model"] = "one" });
            Assert.Single(table.DifferencesFrom(new Dictionary<string, string> { ["model"] = "two", ["other"] = "unknown" }));
        }

        using RecordTable again = New(inFolder: true);
        Assert.Equal("one", again.EmbeddingSpace["model"]);
        again.Upsert([KeyValuePair.Create<string, StoredRecord>("a", Record(new Random(1)))], new Dictionary<string, string>(again.EmbeddingSpace));
        again.Remember(new Dictionary<string, string> { ["more"] = "known" });
        Assert.Equal(["columns", "model", "more"], again.EmbeddingSpace.Keys.Order());
        again.Remove(["a"]);
        again.Remember(Space);
        Assert.Equal(["columns"], again.EmbeddingSpace.Keys);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_RecordWithoutADenseVector_IsFoundInItsOtherColumnsOnly(bool inFolder)
    {
        using RecordTable table = New(inFolder);
        StoredRecord whole = Record(new Random(1));
        SparseVector[] sparse = [whole.GetSparse(0), whole.GetSparse(1)];
        StoredRecord half = table.CreateRecord("", new Dictionary<string, MetadataValue>(), sparse, [null, whole.GetDense(1)]);
        table.Upsert([KeyValuePair.Create("whole", whole), KeyValuePair.Create("half", half)]);

        using RecordReading reading = table.Read();
        Embedding first = new Embedding<float>(whole.GetDense(0)!.Value), second = new Embedding<float>(whole.GetDense(1)!.Value);
        Assert.Equal(["whole"], reading.Search(0, first, 9).Select(hit => hit.Key));
        Assert.Equal(["half", "whole"], reading.Search(1, second, 9).Select(hit => hit.Key).Order());
        Assert.Null(reading.Get("half")!.GetDense(0));
        Func<string, float?> score = reading.CreateScorer(0, first);
        Assert.Equal(1f, score("whole")!.Value, 1e-5f);
        Assert.Null(score("half"));
        Assert.Null(score("nobody"));
    }

    [Fact]
    public void CreateRecord_VectorsThatDoNotFit_AreRefused()
    {
        using RecordTable table = New(inFolder: false);
        StoredRecord good = Record(new Random(1));
        SparseVector[] sparse = [good.GetSparse(0), good.GetSparse(1)];
        var error = Assert.Throws<ArgumentException>(
            "records", () => table.CreateRecord("", good.Metadata, sparse, [new[] { 1, float.NaN, 0 }, good.GetDense(1)], "records"));
        Assert.Contains("Column 'one'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("dense", () => table.CreateRecord("", good.Metadata, sparse, [good.GetDense(0)]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Check(RecordTable table, Dictionary<string, StoredRecord> expected, StoredRecord query)
    {
        using RecordReading reading = table.Read();
        Assert.Equal(expected.Keys.Order(), reading.List().Select(item => item.Key).Order());
        Assert.All(expected, item => AssertSame(item.Value, reading.Get(item.Key)!));
        var even = MetadataFilter.Equal("even", true);
        RecordReading rows = reading.Where(even, record => record.Text.Length == 1);
        StoredRecord[] left = [.. expected.Values.Where(record => even.Matches(record.Metadata) && record.Text.Length == 1)];
        for (int column = 0; column < 2; column++)
        {
            IReadOnlyList<SearchHit<string>> sparse = rows.Search(column, new SparseEmbedding(query.GetSparse(column)), 99);
            float[] scores = [.. left.Select(record => record.SparseAt(column).Dot(query.SparseAt(column))).Where(score => score > 0).OrderDescending()];
            Assert.Equal(scores, sparse.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);

            IReadOnlyList<SearchHit<string>> dense = rows.Search(column, new Embedding<float>(query.GetDense(column)!.Value), 99);
            float[] vector = DenseVector.CreateQuery(query.DenseAt(column).Values.Span, DenseColumns[column].Similarity, "query");
            IEnumerable<float> similarities = left.Select(record => record.DenseAt(column).SimilarityTo(vector)).OrderDescending();
            Assert.Equal(similarities, dense.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);
        }
    }

    private static void AssertSame(StoredRecord expected, StoredRecord found)
    {
        Assert.Equal(expected.Text, found.Text);
        for (int column = 0; column < 2; column++)
        {
            Assert.Equal(expected.SparseAt(column), found.SparseAt(column));
            Assert.Equal(expected.DenseAt(column).Values.ToArray(), found.DenseAt(column).Values.ToArray());
        }
    }

    private static NewRecord Record(Random random)
    {
        var metadata = new Dictionary<string, MetadataValue> { ["even"] = random.Next(2) == 0 };
        return new NewRecord(
            new string('x', random.Next(1, 3)),
            metadata,
            [Sparse(random, 20), Sparse(random, 30)],
            [Dense(random, 3, SimilarityFunction.Cosine), Dense(random, 5, SimilarityFunction.Dot)]);
    }

    private static SparseVector Sparse(Random random, int dimensions)
    {
        int[] indices = [.. Enumerable.Range(0, dimensions).Where(_ => random.Next(5) == 0)];
        return new SparseVector(indices, [.. indices.Select(_ => random.NextSingle() + .1f)], dimensions);
    }

    private static DenseVector Dense(Random random, int dimensions, SimilarityFunction similarity) =>
        DenseVector.Create([.. Enumerable.Range(0, dimensions).Select(_ => random.NextSingle() - .5f)], similarity, "vector");

    private RecordTable New(bool inFolder)
    {
        var empty = new RecordTable(new RecordColumns(SparseColumns, DenseColumns), Space, tableRows: TableRows);
        return inFolder ? RecordTable.Open(_folder, empty, options: null, CancellationToken.None) : empty;
    }
}
