using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Splade.AI.Telemetry;

/// <summary>The source of spans and the instruments, one of each for the process, as .NET means them.</summary>
internal static class Instruments
{
    private static readonly string? Version = typeof(Instruments).Assembly.GetName().Version?.ToString(fieldCount: 3);

    public static readonly Meter Meter = new(SpladeTelemetry.MeterName, Version);

    public static readonly ActivitySource Source = new(SpladeTelemetry.ActivitySourceName, Version);

    public static readonly Histogram<double> EncodeDuration = Meter.CreateHistogram(
        "splade.encode.duration", "s", "Time of a call that encodes texts, waiting included.", tags: null, Buckets.Seconds);

    public static readonly Counter<long> EncodedTexts = Meter.CreateCounter<long>(
        "splade.encode.texts", "{text}", "Texts that were encoded.");

    public static readonly Counter<long> EncodedTokens = Meter.CreateCounter<long>(
        "splade.encode.tokens", "{token}", "Tokens that were read, special tokens included and padding not.");

    public static readonly Counter<long> TruncatedTexts = Meter.CreateCounter<long>(
        "splade.encode.truncated_texts", "{text}", "Texts that were longer than the limit, so that their ends were not read.");

    public static readonly Counter<long> EmptyVectors = Meter.CreateCounter<long>(
        "splade.encode.empty_vectors", "{vector}", "Sparse vectors without any entry: nothing finds them.");

    public static readonly Histogram<int> ActiveDimensions = Meter.CreateHistogram(
        "splade.encode.active_dimensions", "{dimension}", "Entries of a sparse vector that are not zero.", tags: null, Buckets.Dimensions);

    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram(
        "splade.batch.size", "{text}", "Texts in one run of the model.", tags: null, Buckets.Texts);

    public static readonly Histogram<double> BatchPadding = Meter.CreateHistogram(
        "splade.batch.padding", "1", "Share of the tokens of one run of the model that are padding, from 0 to 1.", tags: null, Buckets.Shares);

    /// <summary>Whether somebody listens to what calls tell.</summary>
    public static bool WatchesCalls =>
        Source.HasListeners() || EncodeDuration.Enabled || EncodedTexts.Enabled || EncodedTokens.Enabled
        || TruncatedTexts.Enabled || EmptyVectors.Enabled || ActiveDimensions.Enabled;

    /// <summary>Whether somebody listens to what runs of a model tell.</summary>
    public static bool WatchesBatches => BatchSize.Enabled || BatchPadding.Enabled;
}
