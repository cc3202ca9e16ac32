namespace Splade.AI.Tests.Engine;

public sealed class SpladeEngineTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private readonly SpladeEngine _engine = fixture.Engine;

    [Theory]
    [InlineData("encode-stress.jsonl", 78)]
    [InlineData("encode-passages.jsonl", 46)]
    public async Task EncodeAsync_OneTextAtATime_EqualsSentenceTransformers(string file, int count)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(file);
        Assert.Equal(count, expected.Count);
        foreach (ReferenceVector line in expected)
        {
            SpladeEncoding actual = Assert.Single(await _engine.EncodeAsync([line.Text]));
            ReferenceVectors.AssertSame(line, actual.Vector);
        }
    }

    [Theory]
    [InlineData("encode-stress.jsonl")]
    [InlineData("encode-passages.jsonl")]
    public async Task EncodeAsync_AllTextsAtOnce_EqualsSentenceTransformers(string file)
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(file);
        IReadOnlyList<SpladeEncoding> actual = await _engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
    }

    [SharedFact]
    public async Task EncodeAsync_CranfieldAbstracts_EqualsSentenceTransformers()
    {
        IReadOnlyList<ReferenceVector> expected = ReferenceVectors.Read(Path.Combine(Repository.Shared!, "reference", "cranfield-encode.jsonl"));
        IReadOnlyList<SpladeEncoding> actual = await _engine.EncodeAsync(expected.Select(e => e.Text));
        Assert.All(expected.Zip(actual), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector));
    }

    [Fact]
    public async Task EncodeAsync_NoTexts_GivesNothing() => Assert.Empty(await _engine.EncodeAsync([]));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    public async Task EncodeAsync_BlankText_IsItsSpecialTokens(string text)
    {
        SpladeEncoding encoding = Assert.Single(await _engine.EncodeAsync([text]));
        Assert.Equal(2, encoding.TokenCount);
        Assert.False(encoding.Truncated);
        Assert.Equal([1998, 2003, 2112, 2929, 2965, 3033], encoding.Vector.Indices.ToArray());
    }

    [Fact]
    public async Task EncodeAsync_TextAtAndOverTheLimit_ReportsWhichWasCut()
    {
        string exact = string.Join(' ', Enumerable.Repeat("the", 510));
        IReadOnlyList<SpladeEncoding> encodings = await _engine.EncodeAsync([exact, exact + " the", "the"]);
        Assert.Equal([(512, false), (512, true), (3, false)], encodings.Select(e => (e.TokenCount, e.Truncated)));
    }

    [Fact]
    public async Task EncodeAsync_NullElement_NamesItsPosition()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>("texts", () => _engine.EncodeAsync(["a", null!, "b"]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task EncodeAsync_NullTexts_Throws() => Assert.ThrowsAsync<ArgumentNullException>("texts", () => _engine.EncodeAsync(null!));

    [Fact]
    public async Task EncodeAsync_LazyTexts_AreEnumeratedOnce()
    {
        int enumerations = 0;
        IEnumerable<string> Lazy()
        {
            enumerations++;
            yield return "one";
            yield return "two";
        }

        Assert.Equal(2, (await _engine.EncodeAsync(Lazy())).Count);
        Assert.Equal(1, enumerations);
    }

    [Fact]
    public void Vocabulary_HasTheModelsTokens()
    {
        Assert.Equal(30522, _engine.Vocabulary.Count);
        Assert.Equal("##ing", _engine.Vocabulary[2075]);
        Assert.Equal(512, _engine.MaxTokens);
    }
}
