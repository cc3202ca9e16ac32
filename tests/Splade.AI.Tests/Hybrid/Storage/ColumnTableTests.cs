using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;

namespace Splade.AI.Tests.Hybrid.Storage;

/// <summary>A table of several vectors gives what scoring all records gives, in memory and in a folder, with many segments.</summary>
public sealed class ColumnTableTests : IDisposable
{
    private const int TableRows = 16;

    private static readonly RecordColumns Columns = new(2, [SimilarityFunction.Cosine, SimilarityFunction.Dot]);
    private static readonly Dictionary<string, string> Space = new() { ["columns"] = "two and two" };

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-columns-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Search_EachColumn_GivesWhatScoringAllGives(bool inFolder)
    {
        var random = new Random(5);
        var expected = new Dictionary<string, StoredRecord>();
        ColumnTable table = New(inFolder);
        for (int batch = 0; batch < 12; batch++)
        {
            List<KeyValuePair<string, StoredRecord>> records =
                [.. Enumerable.Range(0, 10).Select(_ => KeyValuePair.Create<string, StoredRecord>($"{random.Next(60)}", Record(random)))];
            table.Upsert(records, nameof(records));
            records.ForEach(record => expected[record.Key] = record.Value);
            string gone = $"{random.Next(60)}";
            Assert.Equal(expected.Remove(gone) ? 1 : 0, table.Remove([gone], nameof(gone)));
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
        using ColumnTable table = New(inFolder: false);
        StoredRecord good = Record(new Random(1));
        table.Upsert([KeyValuePair.Create("good", good)], "records");
        StoredRecord[] bad =
        [
            new GivenRecord(string.Empty, good.Metadata, [good.SparseAt(0), new SparseVector([], [], 9)], [good.DenseAt(0), good.DenseAt(1)]),
            new GivenRecord(string.Empty, good.Metadata, [good.SparseAt(0), good.SparseAt(1)], [good.DenseAt(0), good.DenseAt(0)]),
        ];
        Assert.All(bad, record => Assert.Throws<ArgumentException>(
            "records", () => table.Upsert([KeyValuePair.Create("other", good), KeyValuePair.Create("bad", record)], "records")));
        using ColumnReading reading = table.Read();
        Assert.Equal(1, reading.Count);
    }

    [Fact]
    public void Open_OtherColumns_IsRefused()
    {
        New(inFolder: true).Dispose();
        Assert.Throws<SearchStorageException>(() => ColumnTable.Open(_folder, new RecordColumns(3, []), Space));
    }

    [Fact]
    public void Remember_EmptyTable_ForgetsWhatWasThere()
    {
        using (ColumnTable table = New(inFolder: true))
        {
            table.Remember(new Dictionary<string, string>(Space) { ["model"] = "one" });
            Assert.Single(table.DifferencesFrom(new Dictionary<string, string> { ["model"] = "two", ["other"] = "unknown" }));
        }

        using ColumnTable again = New(inFolder: true);
        Assert.Equal("one", again.Space["model"]);
        again.Upsert([KeyValuePair.Create<string, StoredRecord>("a", Record(new Random(1)))], "records");
        again.Remember(new Dictionary<string, string> { ["more"] = "known" });
        Assert.Equal(["columns", "model", "more"], again.Space.Keys.Order());
        again.Remove(["a"], "ids");
        again.Remember(Space);
        Assert.Equal(["columns"], again.Space.Keys);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Check(ColumnTable table, Dictionary<string, StoredRecord> expected, StoredRecord query)
    {
        using ColumnReading reading = table.Read();
        Assert.Equal(expected.Keys.Order(), reading.List(filter: null).Select(item => item.Key).Order());
        Assert.All(expected, item => AssertSame(item.Value, reading.Get(item.Key)!));
        var even = MetadataFilter.Equal("even", true);
        RowFilter<StoredRecord> rows = reading.Find(even, record => record.Text.Length == 1);
        StoredRecord[] left = [.. expected.Values.Where(record => even.Matches(record.Metadata) && record.Text.Length == 1)];
        for (int column = 0; column < 2; column++)
        {
            SearchHit<string>[] sparse = reading.SearchSparse(column, query.SparseAt(column), 99, rows, "query", CancellationToken.None);
            float[] scores = [.. left.Select(record => record.SparseAt(column).Dot(query.SparseAt(column))).Where(score => score > 0).OrderDescending()];
            Assert.Equal(scores, sparse.Select(hit => hit.Score), (a, b) => Math.Abs(a - b) < 1e-5);

            SearchHit<string>[] dense = reading.SearchDense(column, query.DenseAt(column).Values.Span, 99, rows, "query", CancellationToken.None);
            float[] vector = DenseVector.CreateQuery(query.DenseAt(column).Values.Span, Columns.Dense[column], "query");
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

    private static GivenRecord Record(Random random)
    {
        var metadata = new Dictionary<string, MetadataValue> { ["even"] = random.Next(2) == 0 };
        return new GivenRecord(
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

    private ColumnTable New(bool inFolder) => inFolder ? ColumnTable.Open(_folder, Columns, Space, TableRows) : new ColumnTable(Columns, Space, TableRows);
}
