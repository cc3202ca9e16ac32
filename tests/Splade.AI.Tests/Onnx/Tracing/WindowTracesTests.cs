using Splade.AI.Onnx.Tracing;

namespace Splade.AI.Tests.Onnx.Tracing;

/// <summary>What several windows say of a text, put together, against all that they say at once.</summary>
public sealed class WindowTracesTests
{
    private const int Terms = 12;

    [Fact]
    public void Of_MaxPooling_RanksTheTokensOfAllWindowsOnce()
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            (int[] Positions, float[,] Activations)[] windows = Generate(random);
            int most = random.Next(1, 15);
            TokenActivation[][] actual = Merge(windows, new TraceSettings(most, x => x, AddsUp: false));
            for (int term = 0; term < Terms; term++)
            {
                TokenActivation[] expected =
                [
                    .. windows.SelectMany(w => Tokens(w, term))
                        .GroupBy(t => t.Position, (position, same) => new TokenActivation(position, same.Max(t => t.Activation)))
                        .OrderByDescending(t => t.Activation).ThenBy(t => t.Position).Take(most),
                ];
                Assert.Equal(expected, actual[term]);
            }
        }
    }

    [Fact]
    public void Of_SumPooling_HasTheTokensOfTheHeaviestWindow()
    {
        var random = new Random(12);
        for (int round = 0; round < 300; round++)
        {
            (int[] Positions, float[,] Activations)[] windows = Generate(random);
            int most = random.Next(1, 15);
            TokenActivation[][] actual = Merge(windows, new TraceSettings(most, x => x, AddsUp: true));
            for (int term = 0; term < Terms; term++)
            {
                TokenActivation[] heaviest = [.. windows.Select(w => Tokens(w, term).ToArray()).MaxBy(w => w.Sum(t => t.Activation))!];
                Assert.Equal(heaviest.OrderByDescending(t => t.Activation).ThenBy(t => t.Position).Take(most), actual[term]);
            }
        }
    }

    [Fact]
    public void Of_EntryThatNoWindowHas_HasNoTokens()
    {
        var traces = new WindowTraces(new TraceSettings(3, x => x, AddsUp: false));
        traces.Add([4], [new TracedEntry(0, [])], [0]);
        Assert.All(traces.Of([4, 5]), Assert.Empty);
    }

    // Windows that overlap, with a common first and last token; few different activations, so that there are ties, and some of 0.
    private static (int[] Positions, float[,] Activations)[] Generate(Random random)
    {
        int count = random.Next(1, 5), size = random.Next(4, 10), overlap = random.Next(0, size);
        int last = 1 + size + ((count - 1) * (size - overlap));
        return
        [
            .. Enumerable.Range(0, count).Select(w =>
            {
                int[] positions = [0, .. Enumerable.Range(1 + (w * (size - overlap)), size), last];
                float[,] activations = new float[Terms, positions.Length];
                for (int term = 0; term < Terms; term++)
                {
                    for (int i = 0; i < positions.Length; i++)
                    {
                        activations[term, i] = Math.Max(0, random.Next(-6, 8)) / 4f;
                    }
                }

                return (positions, activations);
            }),
        ];
    }

    private static IEnumerable<TokenActivation> Tokens((int[] Positions, float[,] Activations) window, int term) =>
        window.Positions.Select((position, i) => new TokenActivation(position, window.Activations[term, i])).Where(t => t.Activation > 0);

    private static TokenActivation[][] Merge((int[] Positions, float[,] Activations)[] windows, TraceSettings settings)
    {
        int[] entries = [.. Enumerable.Range(100, Terms)];
        var traces = new WindowTraces(settings);
        foreach ((int[] positions, float[,] activations) in windows)
        {
            traces.Add(entries, [.. Enumerable.Range(0, Terms).Select(term => Trace(activations, term, settings))], positions);
        }

        return traces.Of(entries);
    }

    // As the tracer of a window gives it: positions count within the window.
    private static TracedEntry Trace(float[,] activations, int term, TraceSettings settings)
    {
        TokenActivation[] tokens =
        [
            .. Enumerable.Range(0, activations.GetLength(1)).Select(i => new TokenActivation(i, activations[term, i]))
                .Where(t => t.Activation > 0).OrderByDescending(t => t.Activation).ThenBy(t => t.Position),
        ];
        float weight = settings.AddsUp ? tokens.Sum(t => t.Activation) : tokens.FirstOrDefault().Activation;
        return new TracedEntry(weight, [.. tokens.Take(settings.MostTokens)]);
    }
}
