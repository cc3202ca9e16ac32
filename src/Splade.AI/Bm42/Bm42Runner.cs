using System.Globalization;
using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;
using Splade.AI.Hashing;
using Splade.AI.Lexical;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Onnx.Outputs;
using Splade.AI.Telemetry;
using Splade.AI.TextEncoding;

namespace Splade.AI.Bm42;

/// <summary>BM42, loaded: documents by the attention of the model, queries without it. Safe for concurrent use.</summary>
internal sealed class Bm42Runner : IAsyncDisposable
{
    private const int Attention = 0;

    private readonly LoadedEncoder<Bm42Reading> _model;
    private readonly Bm42Words _words;
    private readonly ModelFingerprint _fingerprint;
    private readonly Lazy<SparseModelIdentity> _identity;

    private Bm42Runner(LoadedEncoder<Bm42Reading> model, Bm42Words words, Bm42Folder folder, double alpha)
    {
        _model = model;
        _words = words;
        _fingerprint = ModelFingerprint.Of(model.Parts, [folder.StopWords], "bm42", alpha.ToString("R", CultureInfo.InvariantCulture));

        // Files are read for it. One that could not be read is tried again.
        _identity = new Lazy<SparseModelIdentity>(MakeIdentity, LazyThreadSafetyMode.PublicationOnly);
    }

    public EncoderParts Parts => _model.Parts;

    public SparseModelIdentity Identity => _identity.Value;

    public IReadOnlyList<string> Devices => _model.Devices;

    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the folder holds another model.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    public static Bm42Runner Load(Bm42Options options, Type owner, ILogger logger)
    {
        OnnxRuntimeStart.Begin();
        var folder = Bm42Folder.Read(options.ModelFolder, options.ModelFile);
        var parts = EncoderParts.Read(folder.Files, folder.Transformer, options, logger);
        if (parts.Tokenizer.ContinuesWord(0) is null)
        {
            throw new SpladeModelException(
                "The tokenizer does not mark the pieces that continue a word, expected WordPiece: words could not be put together again.",
                folder.Transformer.TokenizerFile);
        }

        var words = new Bm42Words(
            parts.Tokenizer, SpecialTokenMap.Read(folder.Files.Path, parts.Tokenizer), StopWordList.Read(folder.StopWords), options.Alpha);
        var model = LoadedEncoder<Bm42Reading>.Load(owner, parts, [folder.Attention], text =>
        {
            float[] attention = MeanOfHeads(text);
            return new Bm42Reading(words.OfDocument(text.Ids, attention), attention);
        });
        return new Bm42Runner(model, words, folder, options.Alpha);
    }

    /// <summary>Encodes texts: documents by the model, queries by the tokenizer alone.</summary>
    public async Task<SpladeEncoding[]> EncodeAsync(string[] texts, SpladeEncodingOptions options, CancellationToken cancellationToken)
    {
        TextCall call = Parts.Call(options);
        if (call.InputType == EmbeddingInputType.Query)
        {
            return await _model.EncodeWithoutModelAsync(
                texts,
                call,
                (text, position) => EncodeQuery(call.Read(Parts, text, position), call),
                e => new EncodedFacts(e.TokenCount, e.Truncated, e.Vector.Count),
                cancellationToken).ConfigureAwait(false);
        }

        EncodedText<Bm42Reading>[] encoded = await RunAsync(texts, call, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(encoded, e => new SpladeEncoding(call.Trim(e.Vector.Vector), e.TokenCount, e.Truncated));
    }

    /// <summary>Explains the vector of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">Its position, for an error.</param>
    /// <param name="options">How it is encoded and what is told.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public async Task<TextExplanation> ExplainAsync(string text, int position, ExplanationOptions options, CancellationToken cancellationToken)
    {
        TextCall call = Parts.Call(options.Encoding);
        TextTokens tokens = call.Read(Parts, text, position);
        var explainer = new Bm42Explainer(Parts.Tokenizer, _words, tokens);
        if (call.InputType == EmbeddingInputType.Query)
        {
            return explainer.Explain(EncodeQuery(tokens, call).Vector, attention: null, options);
        }

        Bm42Reading reading = (await RunAsync([text], call, cancellationToken).ConfigureAwait(false))[0].Vector;
        return explainer.Explain(call.Trim(reading.Vector), reading.Attention, options);
    }

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    private SpladeEncoding EncodeQuery(TextTokens tokens, TextCall call) =>
        new(call.Trim(_words.OfQuery(Array.ConvertAll(tokens.Ids, id => (long)id))), tokens.Count, tokens.Truncated);

    private Task<EncodedText<Bm42Reading>[]> RunAsync(string[] texts, TextCall call, CancellationToken cancellationToken) =>
        _model.EncodeAsync(texts, call, reading => reading.Vector.Count, cancellationToken);

    private static float[] MeanOfHeads(TextOutputs text)
    {
        float[] mean = new float[text.Count];
        int heads = text.Heads(Attention);
        for (int head = 0; head < heads; head++)
        {
            ReadOnlySpan<float> attention = text.OfFirstToken(Attention, head);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += attention[i];
            }
        }

        for (int i = 0; i < mean.Length; i++)
        {
            mean[i] /= heads;
        }

        return mean;
    }

    private SparseModelIdentity MakeIdentity() => new()
    {
        ModelName = Parts.Name,
        ModelHash = _fingerprint.Value,
        Dimensions = HashedTerms.Dimensions,
        RequiresIdf = true,
    };
}
