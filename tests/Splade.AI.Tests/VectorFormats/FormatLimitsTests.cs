using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

/// <summary>What an engine would refuse, or change, is refused here with the reason.</summary>
public sealed class FormatLimitsTests
{
    public static TheoryData<string> Names => [.. SparseVectorFormat.All.Select(format => format.Name)];

    [Theory]
    [InlineData("elasticsearch", 1024)]
    [InlineData("elasticsearch-rank-features", 1024)]
    [InlineData("opensearch", 1024)]
    [InlineData("opensearch-rank-features", 1024)]
    [InlineData("pinecone", 1000)]
    public void ToQuery_TooManyEntries_SaysHowToPrune(string name, int most)
    {
        var format = SparseVectorFormat.Parse(name);
        Assert.NotEmpty(format.ToQuery(OfCount(most)));
        Refused("query", () => format.ToQuery(OfCount(most + 1)), $"Found {most + 1} entries, expected at most {most}. ", "Keep no more of them, by TopK.");
    }

    [Fact]
    public void ToJson_TooManyEntries_AreRefusedByPineconeAlone()
    {
        Refused("vector", () => SparseVectorFormat.Parse("pinecone").ToJson(OfCount(1001)), "Found 1001 entries, expected at most 1000. ");
        Assert.All(SparseVectorFormat.All.Where(f => f.Name != "pinecone"), format => Assert.NotEmpty(format.ToJson(OfCount(20_000))));
    }

    [Fact]
    public void Pinecone_NoEntries_IsRefused()
    {
        var format = SparseVectorFormat.Parse("pinecone");
        Refused("vector", () => format.ToJson(OfCount(0)), "Found a vector without entries. Pinecone takes none. ");
        Refused("query", () => format.ToQuery(OfCount(0)), "Found a vector without entries. ");
        Assert.All(SparseVectorFormat.All.Where(f => f != format), other => Assert.NotEmpty(other.ToJson(OfCount(0))));
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("elasticsearch-rank-features")]
    [InlineData("opensearch")]
    [InlineData("opensearch-rank-features")]
    public void Features_BelowTheNormalNumbers_AreRefused(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        Assert.NotEmpty(format.ToJson(OfWeight(1.17549435E-38f)));
        Refused("vector", () => format.ToJson(OfWeight(1.1754942E-38f)), "Found the weight 1.1754942E-38 at dimension 1, expected 1.1754944E-38 or more. ");
    }

    [Theory]
    [InlineData("opensearch-rank-features", 64, 1)]
    [InlineData("opensearch", 16, 1)]
    [InlineData("opensearch", 64, 200)]
    public void ToQuery_LargeWeight_IsRefusedWhereTheEngineTakesNone(string name, float most, float ceiling)
    {
        var format = SparseVectorFormat.Parse(name);
        var options = new SparseVectorFormatOptions();
        options.QueryCeiling = ceiling == 1 ? options.QueryCeiling : ceiling;
        Assert.NotEmpty(format.ToQuery(OfWeight(most), options));
        Refused("query", () => format.ToQuery(OfWeight(MathF.BitIncrement(most)), options), $"expected at most {most}. ");
        Assert.NotEmpty(SparseVectorFormat.Parse("elasticsearch").ToQuery(OfWeight(1000)));
    }

    [Fact]
    public void OpenSearch_AboveTheCeiling_IsRefusedUntilItIsRaised()
    {
        var format = SparseVectorFormat.Parse("opensearch");
        Assert.NotEmpty(format.ToJson(OfWeight(3)));
        Refused(
            "vector",
            () => format.ToJson(OfWeight(3.5f)),
            "Found the weight 3.5 at dimension 1, expected at most 3. ",
            "quantization_ceiling_ingest",
            "DocumentCeiling");
        Assert.Equal("""{"1":3.5}""", format.ToJson(OfWeight(3.5f), new SparseVectorFormatOptions { DocumentCeiling = 4 }));
    }

    [Fact]
    public void OpenSearch_MoreDimensionsThanItTellsApart_IsRefused()
    {
        var format = SparseVectorFormat.Parse("opensearch");
        Assert.NotEmpty(format.ToJson(new SparseVector([32_767], [1], 32_768)));
        Refused("vector", () => format.ToJson(new SparseVector([1], [1], 32_769)), "Found 32769 dimensions, expected at most 32768. ", "-rank-features");
        Refused("query", () => format.ToQuery(new SparseVector([1], [1], 250_002)), "Found 250002 dimensions");
    }

    [Fact]
    public void Formats_OfHashedWords_TakeTheWholeSpace()
    {
        SparseVector last = new([int.MaxValue - 1], [1], int.MaxValue);
        Assert.All(
            SparseVectorFormat.All.Where(f => f.Name != "opensearch"),
            format => Assert.Contains("2147483646", format.ToJson(last), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToBulk_WrongDocument_IsNamedAndNothingIsWritten(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Refused("documents", () => format.WriteBulk(output, [new("a", OfWeight(1)), new("", OfWeight(1))]), "Found a document without an id");
        Refused("documents", () => format.WriteBulk(output, [new("a", OfWeight(1)), new("b\n", null!)]), "Document 'b\uFFFD' has no vector.");
        Assert.Equal(0, output.WrittenCount);
    }

    [Theory]
    [InlineData("elasticsearch")]
    [InlineData("opensearch")]
    [InlineData("pinecone")]
    public void ToBulk_LongId_IsRefused(string name)
    {
        var format = SparseVectorFormat.Parse(name);
        string most = name == "pinecone" ? new string('u', 512) : new string('ü', 256);
        Assert.NotEmpty(format.ToBulk([new(most, OfWeight(1))]));
        Refused("documents", () => format.ToBulk([new(most + "u", OfWeight(1))]), "Found an id of 513 bytes, expected at most 512. ");
    }

    [Theory]
    [InlineData("my-index")]
    [InlineData("a where true")]
    [InlineData("7")]
    public void Vespa_IndexThatIsNoDocumentType_IsRefused(string index)
    {
        var options = new SparseVectorFormatOptions { Index = index };
        var format = SparseVectorFormat.Parse("vespa");
        Refused("options", () => format.ToQuery(OfWeight(1), options), $"Found '{index}', expected the name of a document type");
        Refused("options", () => format.ToBulk([new("a", OfWeight(1))], options), "document type");
    }

    // Written as it is, half a character becomes U+FFFD, and two ids one.
    [Theory]
    [MemberData(nameof(Names))]
    public void ToBulk_IdWithHalfACharacter_IsRefused(string name) => Refused(
        "documents", () => SparseVectorFormat.Parse(name).ToBulk([new("a\ud83c", OfWeight(1))]), "half of a surrogate pair at position 1");

    [Theory]
    [InlineData("vespa", "a\u0001", "U+0001 at position 1")]
    [InlineData("vespa", "\uFFFE", "U+FFFE at position 0")]
    [InlineData("pinecone", "für", "U+00FC at position 1")]
    public void ToBulk_IdOfLettersThatTheEngineDoesNotTake_IsRefused(string name, string id, string problem) =>
        Refused("documents", () => SparseVectorFormat.Parse(name).ToBulk([new(id, OfWeight(1))]), problem);

    private static SparseVector OfWeight(float weight) => new([1], [weight], 3);

    private static SparseVector OfCount(int count) => new([.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(1f, count)], 20_000);

    private static void Refused(string parameter, Action write, params string[] parts)
    {
        var error = Assert.Throws<ArgumentException>(parameter, write);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
