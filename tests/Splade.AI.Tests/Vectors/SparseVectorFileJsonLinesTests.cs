using System.Text;

namespace Splade.AI.Tests.Vectors;

public sealed class SparseVectorFileJsonLinesTests
{
    private static readonly SavedVector[] Few =
    [
        new(KnownDocument.Vector, "moon"),
        new(new SparseVector([], [], 30522)),
        new(new SparseVector([0, 1, 9], [float.Epsilon, .1f, float.MaxValue], 10), "Grüße 🚀 \n\""),
    ];

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_WrittenVectors_AreTheSame(bool isAsync)
    {
        using var stream = new MemoryStream();
        if (isAsync)
        {
            await SparseVectorFile.WriteJsonLinesAsync(stream, Few.ToAsyncEnumerable());
        }
        else
        {
            SparseVectorFile.WriteJsonLines(stream, Few);
        }

        Assert.Equal(Few, await ReadAsync(stream.ToArray(), null, isAsync));
    }

    [Fact]
    public void Write_TwoVectors_AreTwoLines()
    {
        using var stream = new MemoryStream();
        SparseVectorFile.WriteJsonLines(stream, [new(new SparseVector([3, 7], [.5f, 1.25f], 30522), "a"), new(new SparseVector([], [], 3))]);

        Assert.Equal(
            """
            {"id":"a","indices":[3,7],"values":[0.5,1.25],"dimensions":30522}
            {"indices":[],"values":[],"dimensions":3}

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_LinesOfAnotherProgram_AreUnderstood(bool isAsync)
    {
        string file = "\uFEFF" + """
            {"id": 17, "values": [0.5, 1], "indices": [7, 3], "tokens": 12, "truncated": false}

            {"indices":[1],"values":[2e-1],"id":null,"dimensions":10}
            """.ReplaceLineEndings("\r\n");

        IEnumerable<SavedVector> read = await ReadAsync(Encoding.UTF8.GetBytes(file), 10, isAsync);

        Assert.Equal([new(new SparseVector([3, 7], [1f, .5f], 10), "17"), new(new SparseVector([1], [.2f], 10))], read);
    }

    [Theory]
    [InlineData("""{"indices":[1],"values":[1]}""", null, "State them when reading")]
    [InlineData("""{"indices":[1],"values":[1],"dimensions":11}""", 10, "Found 11 dimensions, expected 10")]
    [InlineData("""{"indices":[1],"values":[1],"dimensions":0}""", null, "dimensions")]
    [InlineData("""{"indices":[1]}""", 10, "'values'")]
    [InlineData("""{"vector":[1]}""", 10, "'indices'")]
    [InlineData("""{"indices":null,"values":[]}""", 10, "'indices'")]
    [InlineData("""{"indices":[1],"values":[1,2]}""", 10, "1 indices and 2 values")]
    [InlineData("""{"indices":[1,1],"values":[1,2]}""", 10, "strictly ascending")]
    [InlineData("""{"indices":[10],"values":[1]}""", 10, "Index 10")]
    [InlineData("""{"indices":[1],"values":[0]}""", 10, "Value 0")]
    [InlineData("""{"indices":[1],"values":[1e39]}""", 10, "finite")]
    [InlineData("""{"indices":[1],"values":["1"]}""", 10, "")]
    [InlineData("""{"indices":[1.5],"values":[1]}""", 10, "")]
    [InlineData("""{"indices":[1],"indices":[1],"values":[1]}""", 10, "indices")]
    [InlineData("""{"id":{},"indices":[1],"values":[1]}""", 10, "")]
    [InlineData("""{"indices":[1],"values":[1""", 10, "")]
    [InlineData("[1]", 10, "")]
    [InlineData("null", 10, "Found null")]
    public void Read_LineThatIsNoVector_NamesTheLine(string line, int? dimensions, string message)
    {
        var file = new MemoryStream(Encoding.UTF8.GetBytes("""{"indices":[1],"values":[1],"dimensions":10}""" + "\n\n" + line));
        using IEnumerator<SavedVector> vectors = SparseVectorFile.ReadJsonLines(file, dimensions).GetEnumerator();

        Assert.True(vectors.MoveNext());
        var error = Assert.Throws<InvalidDataException>(() => vectors.MoveNext());
        Assert.StartsWith("Line 3 is no sparse vector: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_BytesThatAreNoText_Throws(bool isAsync)
    {
        byte[] file = [.. "\uFEFF{\"id\":\""u8, 0xFF, .. "\",\"indices\":[],\"values\":[]}"u8];
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file, 10, isAsync));
        Assert.StartsWith("Line 1, or one soon after it, is not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IdThatIsNoText_IsRefused() =>
        Assert.ThrowsAny<ArgumentException>(() => SparseVectorFile.WriteJsonLines(Stream.Null, [new(KnownDocument.Vector, "\uD83D")]));

    [Fact]
    public async Task Members_InvalidArguments_NameTheParameter()
    {
        IAsyncEnumerable<SavedVector> none = AsyncEnumerable.Empty<SavedVector>();
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.WriteJsonLines(null!, []));
        Assert.Throws<ArgumentNullException>("vectors", () => SparseVectorFile.WriteJsonLines(Stream.Null, null!));
        Assert.Throws<ArgumentException>("vectors", () => SparseVectorFile.WriteJsonLines(Stream.Null, [default]));
        await Assert.ThrowsAsync<ArgumentNullException>("stream", () => SparseVectorFile.WriteJsonLinesAsync(null!, none));
        await Assert.ThrowsAsync<ArgumentNullException>("vectors", () => SparseVectorFile.WriteJsonLinesAsync(Stream.Null, null!));
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.ReadJsonLines(null!));
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.ReadJsonLinesAsync(null!));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => SparseVectorFile.ReadJsonLines(Stream.Null, 0));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => SparseVectorFile.ReadJsonLinesAsync(Stream.Null, 0));
    }

    private static async Task<IEnumerable<SavedVector>> ReadAsync(byte[] file, int? dimensions, bool isAsync) => isAsync
        ? await SparseVectorFile.ReadJsonLinesAsync(new MemoryStream(file), dimensions).ToListAsync()
        : SparseVectorFile.ReadJsonLines(new MemoryStream(file), dimensions).ToList();
}
