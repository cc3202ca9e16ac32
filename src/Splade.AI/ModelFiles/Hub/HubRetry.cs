using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Splade.AI.Telemetry;

namespace Splade.AI.ModelFiles.Hub;

/// <summary>What is tried again, and after how long.</summary>
internal static class HubRetry
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    // The hub's rate limits are counted over five minutes. A server that asks for a longer wait is reported instead.
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    public static ResiliencePipeline Create(HubSettings settings, ILogger logger)
    {
        if (settings.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var retry = new RetryStrategyOptions
        {
            MaxRetryAttempts = settings.MaxRetries,
            Delay = FirstDelay,
            MaxDelay = MaxDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(IsTransient(arguments.Outcome.Exception)),
            DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as HubResponseException)?.RetryAfter),
            OnRetry = arguments =>
            {
                string failure = arguments.Outcome.Exception!.Message;
                Log.HubRequestRetried(logger, failure, arguments.AttemptNumber + 1, settings.MaxRetries, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        };
        return new ResiliencePipelineBuilder { TimeProvider = settings.TimeProvider }.AddRetry(retry).Build();
    }

    // A name that does not resolve is a wrong endpoint or a machine without a network; neither passes within seconds.
    private static bool IsTransient(Exception? exception) => exception switch
    {
        HubResponseException response => response.IsTransient && !(response.RetryAfter > MaxRetryAfter),
        HttpRequestException request =>
            request.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError),
        _ => false,
    };
}
