using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Splade.AI.DependencyInjection;

namespace Splade.AI;

/// <summary>Provides checks of SPLADE engines for the health checks of an application.</summary>
public static class SpladeHealthChecks
{
    /// <summary>Creates a check that loads an engine of the container, if nobody did yet, and encodes a short text with it.</summary>
    /// <param name="engineKey">The key of the engine; null for the one that was added without a key.</param>
    /// <param name="name">The name of the check; null for <c>splade</c>, followed by a hyphen and the engine's key if it has one.</param>
    /// <param name="inputType">
    /// What the text is encoded as. As a query it does not load the ONNX file of an inference-free model, which a process that only searches
    /// never needs.
    /// </param>
    /// <param name="failureStatus">What a failed check reports; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to choose the check by; null for none.</param>
    /// <param name="timeout">How long the check waits for the vector, loading included; null for 30 seconds.</param>
    /// <returns>A check for <c>services.AddHealthChecks().Add(..)</c>.</returns>
    /// <remarks>
    /// <para>
    /// The data of a healthy report are <c>model</c>, <c>devices</c>, <c>precision</c>, <c>dimensions</c> and <c>active_dimensions</c> of the
    /// text's vector. A model that cannot be loaded, or fails on the text, is reported with the reason: it may name files, so show
    /// descriptions to those who run the application only.
    /// </para>
    /// <para>A check whose time is over gives up its own text only: a load under way goes on, and the next check finds it done.</para>
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not longer than zero.</exception>
    public static HealthCheckRegistration ForEngine(
        object? engineKey = null,
        string? name = null,
        EmbeddingInputType inputType = EmbeddingInputType.Document,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(timeout));
        return new HealthCheckRegistration(
            name ?? (engineKey is null ? "splade" : $"splade-{engineKey}"),
            provider => new SpladeHealthCheck(
                token => provider.EngineOf(engineKey)(token),
                inputType,
                timeout ?? SpladeHealthCheck.DefaultTimeout,
                provider.GetService<TimeProvider>() ?? TimeProvider.System),
            failureStatus,
            tags);
    }
}
