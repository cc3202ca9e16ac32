using System.Diagnostics;
using Splade.AI;
using Splade.Cli.Terminal;

namespace Splade.Cli.Health;

/// <summary>Loads a model and checks it.</summary>
internal static class Checkup
{
    /// <summary>Long enough to be told from noise, short enough to be waited for.</summary>
    private static readonly TimeSpan MeasuringTime = TimeSpan.FromSeconds(1);

    public static async Task<HealthReport> RunAsync(string folder, EngineSettings settings, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        SpladeEngine engine;
        try
        {
            engine = await Models.LoadAsync(folder, settings, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SpladeModelException or IOException or UnauthorizedAccessException or ArgumentException or CommandFailedException)
        {
            return new HealthReport(null, [new HealthCheck("load", HealthOutcome.Fail, ErrorText.Of(e))], null);
        }

        using (engine)
        {
            var loaded = new HealthCheck("load", HealthOutcome.Pass, $"took {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
            return await CheckAsync(engine, loaded, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HealthReport> CheckAsync(SpladeEngine engine, HealthCheck loaded, CancellationToken cancellationToken)
    {
        IReadOnlyList<HealthCheck> golden = await GoldenCheck.RunAsync(engine, cancellationToken).ConfigureAwait(false);
        HealthCheck invariance = await CheckInvarianceAsync(engine, cancellationToken).ConfigureAwait(false);
        double speed = await MeasureAsync(engine, cancellationToken).ConfigureAwait(false);
        var measured = new HealthCheck("speed", HealthOutcome.Pass, $"{speed:F1} docs/s ({HealthTexts.ForSpeed.Count} passages at a time)");

        // Last, for a model that looks queries up is loaded by its first document.
        var devices = new HealthCheck("devices", HealthOutcome.Pass, string.Join(", ", engine.Devices));
        return new HealthReport(ModelFacts.Of(engine), [loaded, .. golden, invariance, measured, devices, .. CheckCards()], Math.Round(speed, 1))
        {
            Description = engine.Model.ToString(),
        };
    }

    // A machine without one is in order.
    private static IEnumerable<HealthCheck> CheckCards() => ExecutionDevice.FindAll().Skip(1).Select(card => card.Obstacle is string obstacle
        ? new HealthCheck(card.Name, HealthOutcome.Skipped, obstacle)
        : new HealthCheck(card.Name, HealthOutcome.Pass, "can be used, with --device"));

    /// <summary>Whether a text has the same vector alone and among others.</summary>
    private static async Task<HealthCheck> CheckInvarianceAsync(SpladeEngine engine, CancellationToken cancellationToken)
    {
        IReadOnlyList<SpladeEncoding> together = await engine.EncodeAsync(HealthTexts.All, cancellationToken: cancellationToken).ConfigureAwait(false);
        var problems = new List<string>();
        for (int i = 0; i < together.Count; i++)
        {
            IReadOnlyList<SpladeEncoding> alone = await engine.EncodeAsync([HealthTexts.All[i]], cancellationToken: cancellationToken).ConfigureAwait(false);
            float difference = VectorDifference.Largest(alone[0].Vector, together[i].Vector);
            if (difference > VectorDifference.Tolerance)
            {
                problems.Add(
                    $"text {i + 1} has weights that differ by {difference:G3} alone and among others, expected at most {VectorDifference.Tolerance:G1}");
            }
        }

        return HealthCheck.Of("invariance", problems, $"{together.Count} texts have the same vectors alone and among others");
    }

    private static async Task<double> MeasureAsync(SpladeEngine engine, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int documents = 0;
        do
        {
            documents += (await engine.EncodeAsync(HealthTexts.ForSpeed, cancellationToken: cancellationToken).ConfigureAwait(false)).Count;
        }
        while (Stopwatch.GetElapsedTime(start) < MeasuringTime);
        return documents / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
