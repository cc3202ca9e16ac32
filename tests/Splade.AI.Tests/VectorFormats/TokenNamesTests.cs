using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

/// <summary>Names of entries: the tokens, unless an engine would refuse one or take two for the same.</summary>
public sealed class TokenNamesTests
{
    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("elasticsearch-rank-features")]
    [InlineData("opensearch-rank-features")]
    [InlineData("vespa")]
    public void Names_OfAwkwardTokens_AreTheirDimensions(string name)
    {
        string[] vocabulary = ["sea", ".", "u.s", "", "twice", "twice", "id:0", "##s", "type", "\"\n", "\ud83c", "\udf0d"];
        var vector = new SparseVector([.. Enumerable.Range(0, 12)], [.. Enumerable.Repeat(1f, 12)], 12);
        var options = new SparseVectorFormatOptions { Vocabulary = vocabulary };
        string[] expected = ["sea", "id:1", "id:2", "id:3", "id:4", "id:5", "id:6", "##s", "type", "\"\n", "id:10", "id:11"];
        var format = SparseVectorFormat.Parse(name);

        Assert.Equal(expected, FormatReader.Documents(format, format.ToBulk([new("a", vector)], options)).Single().Weights.Keys);
        Assert.Equal(expected, FormatReader.Query(format, format.ToQuery(vector, options)).Keys);
    }

    [Theory]
    [InlineData("opensearch")]
    [InlineData("milvus")]
    public void Names_OfFormatsThatTakeNumbers_AreNumbers(string name) => Assert.Equal(
        """{"1":2}""", SparseVectorFormat.Parse(name).ToJson(new SparseVector([1], [2], 2), new SparseVectorFormatOptions { Vocabulary = ["a", "b"] }));

    [Fact]
    public void Names_OfAnyVocabulary_AreDifferentAndHaveNoDots()
    {
        const string Letters = "id:0.1";
        var random = new Random(5);
        var format = SparseVectorFormat.Parse("elasticsearch");
        for (int trial = 0; trial < Trials.Of(100, 5000); trial++)
        {
            int count = 1 + random.Next(40);
            string[] vocabulary = [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0
                ? $"id:{random.Next(count)}"
                : string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Letters[random.Next(Letters.Length)])))];
            var vector = new SparseVector([.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(1f, count)], count);

            string bulk = format.ToBulk([new("a", vector)], new SparseVectorFormatOptions { Vocabulary = vocabulary });
            string[] names = [.. FormatReader.Documents(format, bulk).Single().Weights.Keys];

            Assert.Equal(count, names.Distinct(StringComparer.Ordinal).Count());
            Assert.All(names, name => Assert.False(name.Length == 0 || name.Contains('.', StringComparison.Ordinal), name));
        }
    }

    [Fact]
    public void Names_VocabularyOfAnotherSize_IsRefused() => Assert.Contains(
        "The vocabulary has 1 tokens, expected 2",
        Assert.Throws<ArgumentException>(
            "options",
            () => SparseVectorFormat.Parse("vespa").ToJson(new SparseVector([1], [2], 2), new SparseVectorFormatOptions { Vocabulary = ["a"] })).Message,
        StringComparison.Ordinal);
}
