using System.Diagnostics;

namespace Splade.AI.Telemetry;

/// <summary>Measures the runs of a model.</summary>
/// <param name="model">The model's name.</param>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class BatchTelemetry(string model)
{
    /// <summary>Whether somebody listens.</summary>
    public static bool IsWatched => Instruments.WatchesBatches;

    /// <summary>Says that a run begins.</summary>
    /// <param name="device">What it is run on.</param>
    /// <param name="texts">How many texts it has.</param>
    /// <param name="tokens">How many tokens they have.</param>
    /// <param name="paddedTokens">How many tokens the model is given.</param>
    public void Record(string device, int texts, long tokens, long paddedTokens)
    {
        var tags = new TagList { { TagNames.Model, model }, { TagNames.Device, device } };
        Instruments.BatchSize.Record(texts, tags);
        Instruments.BatchPadding.Record(1 - ((double)tokens / paddedTokens), tags);
    }
}
