namespace Splade.AI;

/// <summary>The names under which the library tells what it does, for OpenTelemetry and other listeners.</summary>
/// <remarks>
/// <para>
/// <c>AddSource(SpladeTelemetry.ActivitySourceName)</c> gives a span for each call that encodes, <c>AddMeter(SpladeTelemetry.MeterName)</c>
/// the instruments that <c>docs/telemetry.md</c> lists. Neither has texts, or anything made of them. What nobody listens to is not measured.
/// </para>
/// <para>
/// Spans and metrics of generative AI (<c>gen_ai.*</c>) come from <c>UseOpenTelemetry</c> of Microsoft.Extensions.AI, whose span is then the
/// parent of the one here.
/// </para>
/// </remarks>
public static class SpladeTelemetry
{
    /// <summary>The name of the activity source: <c>Splade.AI</c>.</summary>
    public const string ActivitySourceName = "Splade.AI";

    /// <summary>The name of the meter: <c>Splade.AI</c>.</summary>
    public const string MeterName = "Splade.AI";

    /// <summary>
    /// The name, among the additional counts of a generator's usage, of the count of a call's texts that were longer than the model's limit, so that
    /// their ends were not read: <c>splade.truncated_inputs</c>.
    /// </summary>
    public const string TruncatedInputs = "splade.truncated_inputs";
}
