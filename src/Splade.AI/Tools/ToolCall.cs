using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Splade.AI.Telemetry;

namespace Splade.AI.Tools;

/// <summary>Runs one call of a function: a model gets a result, and learns of failures only what it can use; a developer gets what they must mend.</summary>
internal static class ToolCall
{
    private const string Failed = "The function failed for a reason that is not in its arguments.";
    private const string FailedHint = "Do not repeat the call. Say that this function is out of order, and go on without it.";

    /// <param name="logger">Where a failure is logged with its reason.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="work">What the function does.</param>
    /// <param name="cancellationToken">Only the cancellation of this token is passed on: one that a store makes of its own is a failure.</param>
    /// <exception cref="SpladeModelException">The model cannot be loaded.</exception>
    /// <exception cref="OptionsValidationException">The options of a model are refused.</exception>
    public static async Task<TResult> RunAsync<TResult>(
        ILogger logger, string function, Func<Task<TResult>> work, CancellationToken cancellationToken)
        where TResult : SpladeToolResult, new()
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ToolProblemException e)
        {
            return e.ToResult<TResult>();
        }
        catch (TextTooLongException e)
        {
            // Its message speaks of options that only whoever loaded the engine can set.
            return new TResult
            {
                Error = $"A text has {e.TokenCount} tokens, and at most {e.MaxTokens} are read.",
                Hint = "Shorten long texts, or split them and call again for each part.",
            };
        }
        catch (Exception e) when (!(e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            Log.ToolFailed(logger, function, e);
            if (SetupErrors.Include(e))
            {
                throw;
            }

            // Messages have paths, addresses and more that a model, and whoever reads its answers, has no business to know.
            return new TResult { Error = Failed, Hint = FailedHint };
        }
    }
}
