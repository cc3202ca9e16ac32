using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>A model on a device, with what makes vectors of its rows.</summary>
internal sealed class OnnxRunner<TVector>(OnnxModel model, OnnxDevice device, int concurrentRuns, RowPooling<TVector> pool) : ITextRunner<TVector>
{
    public OnnxModel Model => model;

    public RowPooling<TVector> Pool => pool;

    /// <summary>The length of the model's rows.</summary>
    public int Width => model.Width;

    public PrecisionInUse PrecisionInUse => model.PrecisionInUse;

    public string Device { get; } = device.ToString();

    public int TokenBudget { get; } = model.TokenBudget;

    public int ConcurrentRuns { get; } = model.GivesLogits ? 1 : concurrentRuns;

    public TVector[] Run(TokenBatch batch, RunLoad load, CancellationToken cancellationToken) => model.Run(batch, pool, load, cancellationToken);

    public void Dispose() => model.Dispose();
}
