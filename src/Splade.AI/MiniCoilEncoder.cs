using System.Globalization;
using Splade.AI.Lexical;
using Splade.AI.MiniCoil;
using Splade.AI.Onnx;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>miniCOIL, loaded: sparse vectors for Qdrant, in which a word has four dimensions for its sense. It is no embedding generator.</summary>
/// <remarks>
/// <para>
/// The vectors are those of FastEmbed's <c>Qdrant/minicoil-v1</c>. The number of a known word times four is its first dimension; its four values are the
/// mean of the hidden states of its pieces times a matrix of its own, bounded by the hyperbolic tangent and scaled to length 1. A word that is not known has
/// one dimension behind these, by the hash of its stem. In a document both are multiplied by BM25's saturated frequency. The inverse document frequency is
/// the store's to add: give the vector of the collection the modifier <c>idf</c>.
/// </para>
/// <para>
/// Values are below 0 as often as above. That is why they are no <see cref="SparseVector"/>: indexes and stores here bound scores by weights above 0, and
/// would rank such vectors wrongly. <see cref="MiniCoilEncoding.ToQdrant"/> gives what Qdrant's clients take.
/// </para>
/// <para>Safe for concurrent use. Disposing waits for the calls in flight and may be done more than once.</para>
/// </remarks>
public sealed class MiniCoilEncoder : IDisposable, IAsyncDisposable
{
    private readonly LoadedEncoder<MiniCoilReading> _model;
    private readonly MiniCoilVectors _vectors;
    private readonly ModelFingerprint _fingerprint;

    private MiniCoilEncoder(LoadedEncoder<MiniCoilReading> model, MiniCoilVectors vectors, ModelFingerprint fingerprint) =>
        (_model, _vectors, _fingerprint) = (model, vectors, fingerprint);

    /// <summary>Gets the folder's name, or <c>owner/name</c> for a model in the Hugging Face cache.</summary>
    public string ModelName => _model.Parts.Name;

    /// <summary>
    /// Gets a hash (SHA-256, in lower-case hexadecimal digits) over what the vectors depend on, files and options, to be kept beside stored ones. The files
    /// are read when it is first asked for.
    /// </summary>
    /// <exception cref="SpladeModelException">A file of the model was replaced since it was loaded.</exception>
    public string ModelHash => _fingerprint.Value;

    /// <summary>Gets the model's tokenizer.</summary>
    public Tokenizer Tokenizer => _model.Parts.Tokenizer;

    /// <summary>Gets the most tokens of a text that are read unless a call says otherwise, special tokens included.</summary>
    public int MaxTokens => _model.Parts.Settings.MaxTokens;

    /// <summary>Loads a model with default options.</summary>
    /// <inheritdoc cref="CreateAsync(MiniCoilOptions, CancellationToken)"/>
    public static Task<MiniCoilEncoder> CreateAsync(string modelFolder, CancellationToken cancellationToken = default) =>
        CreateAsync(new MiniCoilOptions(modelFolder), cancellationToken);

    /// <summary>Loads a model on the thread pool.</summary>
    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the folder does not hold miniCOIL.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the model was loaded.</exception>
    public static async Task<MiniCoilEncoder> CreateAsync(MiniCoilOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireModelFolder(nameof(options));
        var own = (MiniCoilOptions)await options.ResolveAsync(cancellationToken).ConfigureAwait(false);
        OnnxRuntimeStart.Begin();
        return await Task.Run(() => Load(own), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Encodes texts on the thread pool; one encoding per text, in the order of the texts.</summary>
    /// <param name="texts">Texts, enumerated once. None gives an empty result without running the model.</param>
    /// <param name="options">
    /// How they are encoded, as queries or documents; null for documents. An entry cannot be told heavy from light by its value alone, so that
    /// <see cref="SpladeEncodingOptions.MaxActiveDimensions"/> is refused.
    /// </param>
    /// <param name="cancellationToken">Observed between and within runs of the model.</param>
    /// <returns>The encodings.</returns>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for what the model does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    public async Task<IReadOnlyList<MiniCoilEncoding>> EncodeAsync(
        IEnumerable<string> texts, SpladeEncodingOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] all = Texts.Check(texts, nameof(texts));
        TextCall call = _model.Parts.Call(options ?? new SpladeEncodingOptions());
        RequireAllEntries(call.MaxActiveDimensions, nameof(options));
        EncodedText<MiniCoilReading>[] encoded = await _model.EncodeAsync(all, call, _vectors.Count, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(encoded, e => _vectors.Create(e, call.InputType));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _model.DisposeAsync();

    private static MiniCoilEncoder Load(MiniCoilOptions options)
    {
        var folder = MiniCoilFolder.Read(options.ModelFolder, options.ModelFile);
        var parts = EncoderParts.Read(folder.Files, folder.Transformer, options, Log.For<MiniCoilEncoder>(options.LoggerFactory));
        RequireAllEntries(options.Encoding.MaxActiveDimensions, nameof(options));
        var words = new MiniCoilWords(parts.Tokenizer, folder.Words, folder.Matrices, StopWordList.Read(folder.StopWords));
        var model = LoadedEncoder<MiniCoilReading>.Load(
            typeof(MiniCoilEncoder), parts, [folder.Hidden], text => words.Read(text.Ids, text.OfTokens(output: 0)));
        var fingerprint = ModelFingerprint.Of(
            parts, folder.OtherFiles, "minicoil", Text(options.K), Text(options.B), Text(options.AverageLength));
        return new MiniCoilEncoder(model, new MiniCoilVectors(options, folder.Matrices.Components), fingerprint);

        static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static void RequireAllEntries(int? most, string parameter)
    {
        if (most is int count)
        {
            throw new ArgumentException(
                $"The options ask for {count} active dimensions, but the entries of miniCOIL belong together by fours. Leave it unset.", parameter);
        }
    }
}
