using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx.Outputs;

/// <summary>A model on a device several of whose outputs are read in one run: takes a batch of tokens, gives what an arithmetic makes of each text.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
/// <param name="sessions">The loaded file.</param>
/// <param name="outputs">The outputs that are read, in the order of the session's.</param>
/// <param name="arithmetic">What makes of them what is kept of a text.</param>
internal sealed class OutputsModel<T>(OnnxSessions sessions, IReadOnlyList<ReadOutput> outputs, TextArithmetic<T> arithmetic) : ITextRunner<T>
{
    /// <summary>The outputs that are read, as the file turned out to have them.</summary>
    public IReadOnlyList<ReadOutput> Outputs => outputs;

    public required string Device { get; init; }

    public required int TokenBudget { get; init; }

    public required int ConcurrentRuns { get; init; }

    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the batch, or gave a number that is not finite.</exception>
    public T[] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken) =>
        OutputsReading.Run(sessions, outputs, arithmetic, batch, load, cancellationToken);

    public void Dispose() => sessions.Dispose();
}
