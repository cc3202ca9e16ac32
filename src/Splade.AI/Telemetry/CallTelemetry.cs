using System.Diagnostics;

namespace Splade.AI.Telemetry;

/// <summary>Measures calls that encode: a span and a time for each, and counts of what came out.</summary>
/// <param name="model">The model's name.</param>
/// <remarks>Safe for concurrent use. Where nobody listens it only calls.</remarks>
internal sealed class CallTelemetry(string model)
{
    private const string SpanName = "splade.encode";

    /// <summary>Makes a call and measures it.</summary>
    /// <param name="inputType">What the texts are; null for pairs of a query and a document.</param>
    /// <param name="texts">How many there are.</param>
    /// <param name="encode">The call.</param>
    /// <param name="describe">What is measured of a result. Only called if somebody listens.</param>
    public Task<T[]> MeasureAsync<T>(EmbeddingInputType? inputType, int texts, Func<Task<T[]>> encode, Func<T, EncodedFacts> describe) =>
        Instruments.WatchesCalls ? MeasureForListenersAsync(inputType, texts, encode, describe) : encode();

    private async Task<T[]> MeasureForListenersAsync<T>(EmbeddingInputType? inputType, int texts, Func<Task<T[]>> encode, Func<T, EncodedFacts> describe)
    {
        var tags = new TagList { { TagNames.Model, model }, { TagNames.InputType, NameOf(inputType) } };
        using Activity? span = Instruments.Source.StartActivity(SpanName, ActivityKind.Internal, parentContext: default, tags);
        span?.SetTag(TagNames.Texts, texts);
        long start = Stopwatch.GetTimestamp();
        try
        {
            T[] results = await encode().ConfigureAwait(false);
            Count(results, describe, tags, span);
            RecordDuration(start, tags);
            return results;
        }
        catch (Exception e)
        {
            // Kinds of cancellation differ in where they come from, not in what they mean.
            string error = (e is OperationCanceledException ? typeof(OperationCanceledException) : e.GetType()).FullName!;
            span?.SetTag(TagNames.ErrorType, error).SetStatus(ActivityStatusCode.Error);
            tags.Add(TagNames.ErrorType, error);
            RecordDuration(start, tags);
            throw;
        }
    }

    private static string NameOf(EmbeddingInputType? inputType) => inputType switch
    {
        EmbeddingInputType.Query => "query",
        EmbeddingInputType.Document => "document",
        _ => "pair",
    };

    private static void RecordDuration(long start, in TagList tags) => Instruments.EncodeDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);

    private static void Count<T>(T[] results, Func<T, EncodedFacts> describe, in TagList tags, Activity? span)
    {
        long tokens = 0;
        int truncated = 0;
        int? empty = null;
        foreach (T result in results)
        {
            EncodedFacts facts = describe(result);
            tokens += facts.Tokens;
            truncated += facts.Truncated ? 1 : 0;
            if (facts.ActiveDimensions is int active)
            {
                empty = (empty ?? 0) + (active == 0 ? 1 : 0);
                Instruments.ActiveDimensions.Record(active, tags);
            }
        }

        Instruments.EncodedTexts.Add(results.Length, tags);
        Instruments.EncodedTokens.Add(tokens, tags);
        Instruments.TruncatedTexts.Add(truncated, tags);
        if (empty is int count)
        {
            Instruments.EmptyVectors.Add(count, tags);
        }

        span?.SetTag(TagNames.Tokens, tokens).SetTag(TagNames.TruncatedTexts, truncated);
    }
}
