using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;

namespace Splade.AI;

/// <summary>The calls of a loaded model: let in, measured, and waited for before the model is freed.</summary>
/// <remarks>Safe for concurrent use. Disposing may be done more than once.</remarks>
internal sealed class ModelCalls : IAsyncDisposable
{
    private readonly CallsInFlight _calls;
    private readonly CallTelemetry _telemetry;
    private readonly Lazy<Task> _closing;

    /// <param name="owner">What later callers are told to have been disposed.</param>
    /// <param name="model">The model's name, in metrics.</param>
    /// <param name="free">Frees the model, once no call is left.</param>
    public ModelCalls(Type owner, string model, Func<Task> free)
    {
        _calls = new CallsInFlight(owner);
        _telemetry = new CallTelemetry(model);
        _closing = new Lazy<Task>(CloseOnceAsync);

        async Task CloseOnceAsync()
        {
            await _calls.CloseAsync().ConfigureAwait(false);
            await free().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="CallTelemetry.MeasureAsync"/>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    public async Task<T[]> MakeAsync<T>(EmbeddingInputType? inputType, int texts, Func<Task<T[]>> encode, Func<T, EncodedFacts> describe)
    {
        using CallsInFlight.Call inFlight = _calls.Enter();
        return await _telemetry.MeasureAsync(inputType, texts, encode, describe).ConfigureAwait(false);
    }

    /// <summary>Waits for the calls in flight and frees the model, while the caller waits.</summary>
    public void Dispose() => _closing.Value.GetAwaiter().GetResult();

    /// <summary>Waits for the calls in flight and frees the model.</summary>
    public async ValueTask DisposeAsync() => await _closing.Value.ConfigureAwait(false);
}
