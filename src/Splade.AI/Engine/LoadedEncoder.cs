using System.Diagnostics;
using Splade.AI.Onnx.Outputs;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;

namespace Splade.AI;

/// <summary>A loaded model whose texts become something of its own kind: its calls are checked, measured, and waited for before it is freed.</summary>
/// <remarks>Safe for concurrent use. Disposing may be done more than once.</remarks>
internal sealed class LoadedEncoder<TReading> : IAsyncDisposable
{
    private readonly ModelCalls _calls;
    private readonly TextEncoder<TReading> _encoder;

    private LoadedEncoder(Type owner, EncoderParts parts, TextEncoder<TReading> encoder, IReadOnlyList<ReadOutput> outputs)
    {
        Parts = parts;
        Outputs = outputs;
        _encoder = encoder;
        _calls = new ModelCalls(owner, parts.Name, encoder.CloseAsync);
    }

    /// <summary>What it was loaded from.</summary>
    public EncoderParts Parts { get; }

    /// <summary>The outputs that are read, as the model turned out to have them.</summary>
    public IReadOnlyList<ReadOutput> Outputs { get; }

    /// <summary>The devices that texts are run on.</summary>
    public IReadOnlyList<string> Devices => _encoder.Devices;

    /// <summary>Loads the model.</summary>
    /// <param name="owner">What later callers are told to have been disposed.</param>
    /// <param name="parts">The model's files, read.</param>
    /// <param name="outputs">The outputs that are read.</param>
    /// <param name="arithmetic">What makes of them what is kept of a text.</param>
    /// <exception cref="SpladeModelException">The model cannot be used.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    public static LoadedEncoder<TReading> Load(Type owner, EncoderParts parts, IReadOnlyList<ReadOutput> outputs, TextArithmetic<TReading> arithmetic)
    {
        long start = Stopwatch.GetTimestamp();
        _ = parts.Call(new SpladeEncodingOptions());
        var loader = new OutputsLoader(parts.Name, parts.Transformer.Source.Graph, outputs, parts.Settings, parts.Tokenizer);
        IReadOnlyList<OutputsModel<TReading>> runners = loader.LoadOnAll(arithmetic);
        var encoder = new TextEncoder<TReading>(parts.Tokenizer, runners, parts.Settings);
        Log.ModelLoaded(parts.Settings.Logger, parts.Name, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return new LoadedEncoder<TReading>(owner, parts, encoder, runners[0].Outputs);
    }

    /// <summary>Encodes texts on the thread pool; results are in the order of the texts.</summary>
    /// <param name="texts">The texts, checked.</param>
    /// <param name="call">How they are encoded.</param>
    /// <param name="countActive">How many entries the sparse vector of a result has, for metrics; null for none.</param>
    /// <param name="cancellationToken">Observed between and within runs.</param>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public Task<EncodedText<TReading>[]> EncodeAsync(
        string[] texts, TextCall call, Func<TReading, int?> countActive, CancellationToken cancellationToken) => _calls.MakeAsync(
            call.InputType,
            texts.Length,
            () => _encoder.EncodeAsync(texts, call.Request, cancellationToken),
            e => new EncodedFacts(e.TokenCount, e.Truncated, countActive(e.Vector)));

    /// <summary>Encodes texts with its tokenizer alone, on the thread pool, as a call like any other.</summary>
    /// <param name="texts">The texts, checked.</param>
    /// <param name="call">How they are encoded.</param>
    /// <param name="encode">Encodes a text, whose position in the call is given too.</param>
    /// <param name="describe">What is measured of a result.</param>
    /// <param name="cancellationToken">Observed between texts.</param>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    public Task<T[]> EncodeWithoutModelAsync<T>(
        string[] texts, TextCall call, Func<string, int, T> encode, Func<T, EncodedFacts> describe, CancellationToken cancellationToken)
    {
        return _calls.MakeAsync(call.InputType, texts.Length, () => Task.Run(EncodeAll, cancellationToken), describe);

        T[] EncodeAll()
        {
            var results = new T[texts.Length];
            for (int i = 0; i < texts.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                results[i] = encode(texts[i], i);
            }

            return results;
        }
    }

    /// <summary>Waits for the calls in flight and frees the model.</summary>
    public ValueTask DisposeAsync() => _calls.DisposeAsync();
}
