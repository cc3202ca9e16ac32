using Splade.AI.Onnx.Tracing;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>A model on a device, loaded and tried out: takes a batch of tokens, gives one vector per text.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
/// <param name="tried">The loaded file, and what was seen of it.</param>
/// <param name="pool">What makes vectors of its rows.</param>
/// <param name="device">Where it runs.</param>
/// <param name="concurrentRuns">How many runs the device takes at a time.</param>
internal sealed class OnnxModel<TVector>(TriedRows tried, RowPooling<TVector> pool, OnnxDevice device, int concurrentRuns) : ITextRunner<TVector>
{
    private readonly OnnxRows _rows = tried.Rows;

    /// <summary>The length of the rows: the model's dimensions.</summary>
    public int Width => _rows.Width;

    /// <summary>The precision that it runs in.</summary>
    public PrecisionInUse PrecisionInUse => _rows.PrecisionInUse;

    /// <summary>The files that it was loaded from, as far as they can be found.</summary>
    public IReadOnlyList<string> Files => _rows.Files;

    /// <summary>Whether its graph was rewritten to pool its logits tile by tile.</summary>
    public bool PoolsLogits => _rows.PoolsLogits;

    /// <summary>Finds the tokens that give entries of a text's vector most; null for a model that does not show what its tokens say.</summary>
    public TokenTracer? Tracer => _rows.Tracer;

    /// <inheritdoc cref="TriedRows.RunsOneAtATime"/>
    public bool RunsOneAtATime { get; } = tried.RunsOneAtATime;

    public string Device { get; } = device.ToString();

    // A card has a thousand times as many units as a processor has.
    public int TokenBudget =>
        RunsOneAtATime ? 1
        : device != OnnxDevice.Cpu && _rows.TokenBudget == OnnxSettings.TokenBudget ? OnnxSettings.TokensOnDevice
        : _rows.TokenBudget;

    public int ConcurrentRuns { get; } = tried.Rows.GivesLogits ? 1 : concurrentRuns;

    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the batch, or gave a number that is not finite.</exception>
    public TVector[] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken) => _rows.Run(batch, pool, load, cancellationToken);

    /// <summary>Runs one text, makes its vector, and finds the tokens that give entries of it most.</summary>
    /// <inheritdoc cref="OnnxRows.RunAndTrace"/>
    public (TVector Vector, TracedEntry[] Traced) RunAndTrace(
        TokenBatch text, Func<TVector, int[]> entriesOf, TraceSettings settings, RunLoad load, CancellationToken cancellationToken) =>
        _rows.RunAndTrace(text, pool, entriesOf, settings, load, cancellationToken);

    public void Dispose() => _rows.Dispose();
}
