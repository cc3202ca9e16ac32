using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Splade.AI.DependencyInjection;

/// <summary>Encodes a short text with an engine. What it throws is reported by the service that calls it, with the message.</summary>
internal sealed class SpladeHealthCheck(
    Func<CancellationToken, Task<SpladeEngine>> getEngine, EmbeddingInputType inputType, TimeSpan timeout, TimeProvider clock) : IHealthCheck
{
    private const string ProbeText = "Is the engine well?";

    /// <summary>Room for the load of a large model from a slow disk.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        SpladeEngine? engine = null;
        try
        {
            engine = await getEngine(either.Token).ConfigureAwait(false);
            IReadOnlyList<SpladeEncoding> encodings = await engine
                .EncodeAsync([ProbeText], new SpladeEncodingOptions { InputType = inputType }, either.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy($"'{engine.Model.Name}' encodes.", Describe(engine, encodings[0].Vector));
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            string missing = engine is null ? "The model is still being loaded" : $"'{engine.Model.Name}' is loaded, but gave no vector for a short text";
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"{missing} after {timeout.TotalSeconds} s. Check again later, or allow more time.");
        }
    }

    private static Dictionary<string, object> Describe(SpladeEngine engine, SparseVector vector) => new()
    {
        ["model"] = engine.Model.Name,
        ["devices"] = engine.Devices,
        ["precision"] = engine.Precision.ToString(),
        ["dimensions"] = vector.Dimensions,
        ["active_dimensions"] = vector.Count,
    };
}
