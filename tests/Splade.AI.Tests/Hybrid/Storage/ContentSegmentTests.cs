using Splade.AI.Hybrid;
using Splade.AI.Hybrid.Storage;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Hybrid.Storage;

public sealed class ContentSegmentTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 63)]
    [InlineData(3, 64)]
    [InlineData(4, 3_001)]
    public void Find_GeneratedFilters_EqualsMatchingEach(int seed, int rows)
    {
        var generated = new GeneratedMetadata(seed);
        IReadOnlyDictionary<string, MetadataValue>[] metadata = [.. Enumerable.Range(0, rows).Select(_ => generated.Next())];
        using ContentSegment sut = Build([.. metadata.Select((m, i) => ($"text {i}", m))]);
        for (int i = 0; i < 200; i++)
        {
            (MetadataFilter filter, var means) = generated.Filter();
            RowMask found = ContentFilter.Find(filter, sut);
            int[] expected = [.. Enumerable.Range(0, rows).Where(row => means(metadata[row]))];
            Assert.Equal(expected, found.Rows);
            Assert.Equal(expected.Length, found.Count);
            Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(means(metadata[row]), found.Contains(row)));
        }
    }

    [Fact]
    public void Rows_TextsAndMetadata_AreThoseThatWerePutIn()
    {
        var generated = new GeneratedMetadata(1);
        string[] texts = ["", "plain", "naïve café", "\uD83D\uDE00", "half \uD83D", "\uDE00 half", "\uDE00\uD83D", new('x', 100_000)];
        (string Text, IReadOnlyDictionary<string, MetadataValue> Metadata)[] records = [.. Enumerable.Range(0, 500).Select(i =>
            (texts[i % texts.Length], (IReadOnlyDictionary<string, MetadataValue>)generated.Next()))];
        records[7].Metadata = new Dictionary<string, MetadataValue>
        {
            ["name \uD83D"] = "value \uDE00",
            ["again"] = new[] { "a", "a", "b" },
            [""] = MetadataValue.FromList([]),
            ["last"] = DateTimeOffset.MaxValue,
            ["first"] = DateTimeOffset.MinValue,
        };
        using ContentSegment sut = Build(records);
        for (int row = 0; row < records.Length; row++)
        {
            Assert.Equal(records[row].Text, sut.Text(row));
            Assert.Equal(records[row].Metadata.OrderBy(m => m.Key, StringComparer.Ordinal), sut.Metadata(row).OrderBy(m => m.Key, StringComparer.Ordinal));
            Assert.All(
                sut.Metadata(row).Where(m => m.Value.Kind == MetadataKind.Date),
                m => Assert.Equal(records[row].Metadata[m.Key].AsDate().Offset, m.Value.AsDate().Offset));
        }
    }

    [Fact]
    public void FieldOf_ManyFields_HasEachUnderItsNameAndNoOther()
    {
        // Names that a culture orders in another way than their code units.
        string[] names = [.. Enumerable.Range(0, 5_000).Select(i => $"{"aBä-_\uE000\uD83D"[i % 7]}{i * 7919 % 5_000}")];
        using ContentSegment sut = Build([.. names.Chunk(50).Select(some => ("t", (IReadOnlyDictionary<string, MetadataValue>)
            some.ToDictionary(name => name, name => (MetadataValue)name)))]);

        Assert.Equal(names.Order(StringComparer.Ordinal), names.OrderBy(sut.FieldOf));
        Assert.All(names, name => Assert.Equal(name, sut.Value(sut.ValuesOf(sut.FieldOf(name)).From).AsString()));
        Assert.All(["", "a", "zz", "B0x", "\uFFFF"], name => Assert.Equal(-1, sut.FieldOf(name)));
        Assert.All(names.Index(), item => Assert.Equal(item.Item, sut.Metadata(item.Index / 50)[item.Item].AsString()));
    }

    [Fact]
    public void Build_NoMetadata_IsTextsOnly()
    {
        using ContentSegment sut = Build([("a", new Dictionary<string, MetadataValue>())]);
        Assert.Equal("a", sut.Text(0));
        Assert.Empty(sut.Metadata(0));
        Assert.Empty(ContentFilter.Find(MetadataFilter.Exists("x"), sut).Rows);
        Assert.Equal([0], ContentFilter.Find(!MetadataFilter.Exists("x"), sut).Rows);
    }

    [Fact]
    public void Build_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(
        () => ContentBuilder.Build([Record("a", new Dictionary<string, MetadataValue>())], SegmentMemory.OfTheProcess, new CancellationToken(canceled: true)));

    private static ContentSegment Build((string Text, IReadOnlyDictionary<string, MetadataValue> Metadata)[] records) =>
        ContentBuilder.Build([.. records.Select(record => Record(record.Text, record.Metadata))], SegmentMemory.OfTheProcess, CancellationToken.None);

    private static NewRecord Record(string text, IReadOnlyDictionary<string, MetadataValue> metadata) =>
        new(text, metadata, [new SparseVector([], [], 1)], [DenseVector.Create([1f], SimilarityFunction.Cosine, "record")]);
}
