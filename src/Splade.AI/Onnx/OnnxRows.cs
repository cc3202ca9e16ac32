using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Splade.AI.Decoding;
using Splade.AI.Onnx.Tracing;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>One ONNX file, loaded: takes a batch of tokens, gives one row of numbers per text.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
internal sealed class OnnxRows : IDisposable
{
    /// <summary>Logits of labels are compared as if they were as large as this: one alone may be next to nothing.</summary>
    private const float LeastLogit = 1;

    private readonly OnnxSessions _sessions;
    private readonly ModelPlan _plan;
    private readonly IRowSource _source;
    private readonly int _threads;

    public OnnxRows(OnnxSessions sessions, ModelPlan plan, TokenReduction reduction, IRowSource source, int width, int threads)
    {
        _sessions = sessions;
        _plan = plan;
        Reduction = reduction;
        _source = source;
        _threads = threads;
        Width = width;
    }

    /// <summary>The length of a row: the model's dimensions.</summary>
    public int Width { get; }

    /// <summary>What the session gives.</summary>
    public OutputContract Contract => _sessions.Lone.Output.Contract;

    /// <summary>The precision that it runs in.</summary>
    public PrecisionInUse PrecisionInUse => _plan.PrecisionInUse;

    /// <summary>The files that it was loaded from, as far as they can be found.</summary>
    public IReadOnlyList<string> Files => _plan.Source.FindFiles();

    /// <summary>Whether its graph was rewritten to pool its logits tile by tile.</summary>
    public bool PoolsLogits => _plan.PoolsLogits;

    /// <summary>How the rows of a text's tokens become one.</summary>
    public TokenReduction Reduction { get; }

    /// <summary>Whether the logits of all tokens come out of the graph. There, one text at a time is enough, and one run.</summary>
    /// <remarks>They are 62.5 MB for 512 tokens of a vocabulary of 30,522, and as much before the bias.</remarks>
    public bool GivesLogits => _plan.IsPlain && Reduction.IsSparse && Contract == OutputContract.TokenRows;

    /// <summary>Finds the tokens that give entries of a text's vector most; null for a model that does not show what its tokens say.</summary>
    public TokenTracer? Tracer => _source.Tokens is ITokenLogits tokens ? new TokenTracer(_sessions, tokens) : null;

    /// <summary>How many tokens of several texts a run takes, padding included.</summary>
    public int TokenBudget =>
        GivesLogits ? 1
        : _plan.IsPlain && Reduction.IsSparse ? OnnxSettings.TokensInUnknownGraph
        : OnnxSettings.TokenBudget;

    /// <summary>Runs a batch and makes a vector for each of its texts, from a row of <see cref="Width"/> numbers each.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="pool">Makes a vector of a row.</param>
    /// <param name="load">Whether the run is alone, and may take all threads.</param>
    /// <param name="cancellationToken">Observed before, in and after the run.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the batch, or gave a number that is not finite.</exception>
    public TVector[] Run<TVector>(TokenBatch batch, RowPooling<TVector> pool, RunLoad load, CancellationToken cancellationToken) =>
        _sessions.Run(batch, load, outputs => Pool(outputs, batch, pool, load, cancellationToken), cancellationToken);

    /// <summary>Runs one text, makes its vector, and finds the tokens that give entries of it most.</summary>
    /// <param name="text">A batch of one text.</param>
    /// <param name="pool">Makes a vector of a row.</param>
    /// <param name="entriesOf">The entries of the vector to find tokens for.</param>
    /// <param name="settings">What is told of each entry.</param>
    /// <param name="load">Whether the run is alone, and may take all threads.</param>
    /// <param name="cancellationToken">Observed before, in and after the run.</param>
    /// <exception cref="InvalidOperationException">The model does not show what its tokens say: <see cref="Tracer"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before or during the run.</exception>
    /// <exception cref="SpladeModelException">The model failed on the text, or gave a number that is not finite.</exception>
    public (TVector Vector, TracedEntry[] Traced) RunAndTrace<TVector>(
        TokenBatch text,
        RowPooling<TVector> pool,
        Func<TVector, int[]> entriesOf,
        TraceSettings settings,
        RunLoad load,
        CancellationToken cancellationToken)
    {
        TokenTracer tracer = Tracer ?? throw new InvalidOperationException("The model does not show what its tokens say.");
        return tracer.Trace(text, Select, settings, load, cancellationToken);

        (TVector Vector, int[] Entries) Select(IReadOnlyList<OrtValue> outputs)
        {
            TVector vector = Pool(outputs, text, pool, load, cancellationToken)[0];
            return (vector, entriesOf(vector));
        }
    }

    /// <summary>Whether two rows say the same, up to a share of the largest number. Of logits, only the positive ones count.</summary>
    public bool IsSame(float[] first, float[] second, float tolerance)
    {
        float least = Reduction.IsSparse ? 0 : float.NegativeInfinity;
        float largest = Math.Max(RowMath.LargestMagnitude(first), Reduction.IsOfLabels ? LeastLogit : 0);
        for (int i = 0; i < first.Length; i++)
        {
            if (!(MathF.Abs(Math.Max(least, first[i]) - Math.Max(least, second[i])) <= tolerance * largest))
            {
                return false;
            }
        }

        return first.Length == second.Length;
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _source.Dispose();
    }

    private TVector[] Pool<TVector>(
        IReadOnlyList<OrtValue> outputs, TokenBatch batch, RowPooling<TVector> pool, RunLoad load, CancellationToken cancellationToken)
    {
        float[] buffer = ArrayPool<float>.Shared.Rent(Width);
        try
        {
            Span<float> row = buffer.AsSpan(0, Width);
            var vectors = new TVector[batch.Rows];
            for (int text = 0; text < vectors.Length; text++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _source.Read(outputs, batch, text, row, load == RunLoad.Lone ? _threads : 1);
                RequireFinite(row);
                vectors[text] = pool(row);
            }

            return vectors;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    // The largest magnitude is NaN where any number is.
    private void RequireFinite(ReadOnlySpan<float> row)
    {
        float largest = RowMath.LargestMagnitude(row);
        if (!float.IsFinite(largest))
        {
            throw _sessions.NotFinite(largest);
        }
    }
}
