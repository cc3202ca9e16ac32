namespace Splade.AI.Tests.Engine;

/// <summary>A text's vector is the same alone, in any batch, in any order and under load.</summary>
public sealed class SpladeEngineInvarianceTests(EngineFixture fixture) : IClassFixture<EngineFixture>
{
    private const float Tolerance = 1e-5f;

    private static readonly string[] Texts = ReferenceVectors.Read("encode-passages.jsonl").Concat(ReferenceVectors.Read("encode-stress.jsonl")).Select(e => e.Text).ToArray();

    /// <summary>The vectors of all texts, each encoded alone, once for all tests.</summary>
    private static readonly Lazy<Task<ReferenceVector[]>> Alone = new(EncodeAloneAsync);

    private readonly SpladeEngine _engine = fixture.Engine;

    [Fact]
    public async Task EncodeAsync_AnyOrderAndCompany_SameVector()
    {
        ReferenceVector[] alone = await Alone.Value;
        var random = new Random(1);
        for (int round = 0; round < 3; round++)
        {
            int[] order = Enumerable.Range(0, Texts.Length).ToArray();
            random.Shuffle(order);
            IReadOnlyList<SpladeEncoding> together = await _engine.EncodeAsync(order.Select(i => Texts[i]));
            Assert.All(order.Zip(together), pair => ReferenceVectors.AssertSame(alone[pair.First], pair.Second.Vector, Tolerance));
        }
    }

    [Fact]
    public async Task EncodeAsync_EightConcurrentCallers_SameVectors()
    {
        ReferenceVector[] alone = await Alone.Value;
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (caller, token) =>
        {
            int[] mine = Enumerable.Range(0, Texts.Length).Where(i => i % 8 == caller || i % 5 == 0).ToArray();
            IReadOnlyList<SpladeEncoding> encodings = await _engine.EncodeAsync(mine.Select(i => Texts[i]), cancellationToken: token);
            Assert.All(mine.Zip(encodings), pair => ReferenceVectors.AssertSame(alone[pair.First], pair.Second.Vector, Tolerance));
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 2)]
    public async Task EncodeAsync_AnyThreadsAndRuns_SameVectors(int threads, int concurrentRuns)
    {
        ReferenceVector[] alone = await Alone.Value;
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(new SpladeEngineOptions(EngineFixture.ModelFolder) { Threads = threads, ConcurrentRuns = concurrentRuns });
        IReadOnlyList<SpladeEncoding> encodings = await engine.EncodeAsync(Texts);
        Assert.All(alone.Zip(encodings), pair => ReferenceVectors.AssertSame(pair.First, pair.Second.Vector, Tolerance));
    }

    private static async Task<ReferenceVector[]> EncodeAloneAsync()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        var alone = new List<ReferenceVector>();
        foreach (string text in Texts)
        {
            alone.Add(ReferenceVector.Of($"text {alone.Count}", (await engine.EncodeAsync([text]))[0].Vector));
        }

        return [.. alone];
    }
}
