using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Splade.AI.Explanation;
using Splade.AI.Onnx;
using Splade.AI.Onnx.Outputs;
using Splade.AI.Pooling;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI.BgeM3;

/// <summary>BGE-M3, loaded: one run of the model gives the lexical weights and the dense vector of a text. Safe for concurrent use.</summary>
internal sealed class BgeM3Runner : IJointEncoder, IAsyncDisposable
{
    private readonly LoadedEncoder<BgeM3Reading> _model;
    private readonly Lazy<SparseModelIdentity> _identity;

    private BgeM3Runner(LoadedEncoder<BgeM3Reading> model, BgeM3Folder folder)
    {
        _model = model;
        string outputs = string.Join(',', folder.Outputs.Select(o => o.Name));
        Fingerprint = ModelFingerprint.Of(model.Parts, folder.Head is null ? [] : [folder.Head.File], "bge-m3", outputs);

        // Files are read for it. One that could not be read is tried again.
        _identity = new Lazy<SparseModelIdentity>(MakeIdentity, LazyThreadSafetyMode.PublicationOnly);
        SparseMetadata = GeneratorContract.Metadata(Parts.Name, Parts.Tokenizer.Vocabulary.Count);
        DenseMetadata = GeneratorContract.Metadata(Parts.Name, folder.Head?.Weights.Length ?? model.Outputs[BgeM3Folder.Dense].Width!.Value);
    }

    public EncoderParts Parts => _model.Parts;

    public SparseModelIdentity Identity => _identity.Value;

    public ModelFingerprint Fingerprint { get; }

    public EmbeddingGeneratorMetadata SparseMetadata { get; }

    public EmbeddingGeneratorMetadata DenseMetadata { get; }

    public IReadOnlyList<string> Devices => _model.Devices;

    /// <exception cref="SpladeModelException">A file of the model is missing or wrong, or the folder holds another model.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model does not have.</exception>
    public static BgeM3Runner Load(BgeM3Options options, Type owner, ILogger logger)
    {
        OnnxRuntimeStart.Begin();
        var folder = BgeM3Folder.Read(options.ModelFolder, options.ModelFile);
        var parts = EncoderParts.Read(folder.Files, folder.Transformer, options, logger);
        var lexical = new LexicalWeights(parts.Tokenizer.Vocabulary.Count, folder.TokensWithoutWeight(parts.Tokenizer.Vocabulary));
        var model = LoadedEncoder<BgeM3Reading>.Load(owner, parts, folder.Outputs, text =>
            folder.Head is LexicalHead head ? OfHiddenStates(text, head, lexical) : OfHeads(text, lexical));
        if (folder.Head is null && model.Outputs[BgeM3Folder.Sparse] is { Kind: OutputKind.Text } sparse && sparse.Width < parts.Tokenizer.Vocabulary.Count)
        {
            model.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw new SpladeModelException(
                $"The model gives {sparse.Width} lexical weights, but the vocabulary has {parts.Tokenizer.Vocabulary.Count} tokens. tokenizer.json belongs to "
                + "another model.", folder.Transformer.TokenizerFile);
        }

        return new BgeM3Runner(model, folder);
    }

    /// <summary>Encodes texts.</summary>
    public async Task<BgeM3Encoding[]> EncodeAsync(string[] texts, SpladeEncodingOptions options, CancellationToken cancellationToken)
    {
        TextCall call = Parts.Call(options);
        EncodedText<BgeM3Reading>[] encoded = await RunAsync(texts, call, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(encoded, e => new BgeM3Encoding(call.Trim(e.Vector.Sparse), e.Vector.Dense, e.TokenCount, e.Truncated));
    }

    public async Task<(GeneratedEmbeddings<SparseEmbedding> Sparse, GeneratedEmbeddings<Embedding<float>> Dense)> GenerateBothAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        BgeM3Encoding[] encoded = await EncodeAsync(Texts.Check(values, nameof(values)), EncodingOf(options), cancellationToken).ConfigureAwait(false);
        return (ToSparse(encoded), ToDense(encoded));
    }

    public GeneratedEmbeddings<SparseEmbedding> ToSparse(BgeM3Encoding[] encoded) =>
        Generated.Sparse(Parts.Name, Array.ConvertAll(encoded, e => new SpladeEncoding(e.Sparse, e.TokenCount, e.Truncated)));

    public GeneratedEmbeddings<Embedding<float>> ToDense(BgeM3Encoding[] encoded) =>
        Generated.Dense(Parts.Name, Array.ConvertAll(encoded, e => (e.Dense, e.TokenCount, e.Truncated)));

    /// <summary>The encoding that the options of a call ask for.</summary>
    public static SpladeEncodingOptions EncodingOf(EmbeddingGenerationOptions? options) =>
        (options as SpladeEmbeddingGenerationOptions)?.Encoding ?? new SpladeEncodingOptions();

    /// <summary>Explains the lexical weights of a text.</summary>
    public Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ExplainAsync(text, position: 0, options?.Clone() ?? new ExplanationOptions(), cancellationToken);
    }

    /// <summary>Explains the dot product of the lexical weights of a query and a document.</summary>
    public Task<MatchExplanation> ExplainMatchAsync(string query, string document, ExplanationOptions? options, CancellationToken cancellationToken) =>
        MatchExplainer.ExplainAsync(
            query, document, idf: null, options, (text, position, side) => ExplainAsync(text, position, side, cancellationToken));

    public ValueTask DisposeAsync() => _model.DisposeAsync();

    private static BgeM3Reading OfHiddenStates(TextOutputs text, LexicalHead head, LexicalWeights lexical)
    {
        ReadOnlySpan<float> hidden = text.OfTokens(BgeM3Folder.Hidden);
        float[] weights = head.Weigh(hidden);
        return new BgeM3Reading(lexical.OfTokens(text.Ids, weights), DenseNormalization.Normalize(hidden[..head.Weights.Length]), weights);
    }

    private static BgeM3Reading OfHeads(TextOutputs text, LexicalWeights lexical)
    {
        float[] dense = DenseNormalization.Normalize(text.OfText(BgeM3Folder.Dense));
        if (!text.IsPerToken(BgeM3Folder.Sparse))
        {
            return new BgeM3Reading(lexical.OfVocabulary(text.OfText(BgeM3Folder.Sparse)), dense, []);
        }

        float[] weights = text.OfTokens(BgeM3Folder.Sparse).ToArray();
        return new BgeM3Reading(lexical.OfTokens(text.Ids, weights), dense, weights);
    }

    private async Task<TextExplanation> ExplainAsync(string text, int position, ExplanationOptions options, CancellationToken cancellationToken)
    {
        TextCall call = Parts.Call(options.Encoding);
        TextTokens tokens = call.Read(Parts, text, position);
        BgeM3Reading reading = (await RunAsync([text], call, cancellationToken).ConfigureAwait(false))[0].Vector;
        SparseVector vector = call.Trim(reading.Sparse);
        return new LexicalExplainer(Parts.Tokenizer, tokens).Explain(vector, reading.TokenWeights, options);
    }

    private Task<EncodedText<BgeM3Reading>[]> RunAsync(string[] texts, TextCall call, CancellationToken cancellationToken) =>
        _model.EncodeAsync(texts, call, reading => reading.Sparse.Count, cancellationToken);

    private SparseModelIdentity MakeIdentity() => new()
    {
        ModelName = Parts.Name,
        ModelHash = Fingerprint.Value,
        Dimensions = Parts.Tokenizer.Vocabulary.Count,
        VocabularyHash = Parts.Tokenizer.Vocabulary.ComputeHash(),
    };
}
