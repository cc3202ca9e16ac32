using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>Runs batches of texts on one device: all that the scheduler knows of a model.</summary>
/// <remarks>Safe for concurrent runs. The scheduler owns it, and disposes it after its last run.</remarks>
internal interface ITextRunner<TVector> : IDisposable
{
    /// <summary>The device as users know it, for example <c>cuda:0</c>.</summary>
    string Device { get; }

    /// <summary>A batch of several texts holds at most this many tokens, padding included; 1 for one text at a time.</summary>
    int TokenBudget { get; }

    /// <summary>How many runs the device takes at a time.</summary>
    int ConcurrentRuns { get; }

    /// <summary>Runs a batch: a vector for each of its texts, in their order.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    TVector[] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken);
}
