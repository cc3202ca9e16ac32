using System.Diagnostics.Metrics;

namespace Splade.AI.Telemetry;

/// <summary>The bounds that the histograms advise: collectors take them unless a view says otherwise.</summary>
internal static class Buckets
{
    /// <summary>From a query that is looked up, some ten microseconds, to a bulk call of minutes.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [.0001, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>From queries of inference-free models, a handful, to documents that expand too much to be searched cheaply.</summary>
    public static InstrumentAdvice<int> Dimensions { get; } = new()
    {
        HistogramBucketBoundaries = [0, 4, 8, 16, 32, 64, 96, 128, 192, 256, 384, 512, 1024, 2048],
    };

    public static InstrumentAdvice<int> Texts { get; } = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] };

    /// <summary>Full batches are padded by a tenth at most; only tiny ones by more.</summary>
    public static InstrumentAdvice<double> Shares { get; } = new() { HistogramBucketBoundaries = [0, .02, .05, .1, .2, .3, .5, .7] };
}
