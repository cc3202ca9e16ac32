using Microsoft.Extensions.AI;
using Splade.AI.Bm25;
using Splade.AI.Explanation;
using Splade.AI.Telemetry;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>BM25 as an embedding generator of Microsoft.Extensions.AI: sparse vectors of words, with no model.</summary>
/// <remarks>
/// <para>
/// The vectors are those of FastEmbed's <c>Qdrant/bm25</c>: words are cut, lower-cased, stemmed and hashed into a space of <see cref="int.MaxValue"/>
/// dimensions, and weighed by their frequency and the length of the text; in a query each counts 1. What is rare in the collection is not in them: the
/// store has to multiply by the inverse document frequency, at query time (<see cref="SparseModelIdentity.RequiresIdf"/>). A store that does not ranks poorly.
/// </para>
/// <para>
/// The dimension of a term is the absolute value of its MurmurHash3. The two topmost values, 2^31 - 1 and 2^31, which three of 2^32 hashes have, are folded
/// onto the last dimension. Of two terms of a text on one dimension the one that was met first later has it.
/// </para>
/// <para>
/// It is not the <c>Bm25Index</c> of Splade.AI.Evaluation, a baseline for comparisons: terms, stems, formula and scores of the two differ.
/// </para>
/// <para>Safe for concurrent use. Nothing is held that must be released.</para>
/// </remarks>
public sealed class Bm25EmbeddingGenerator : IEmbeddingGenerator<string, SparseEmbedding>, ISparseExplainer
{
    private readonly Bm25Encoder _encoder;
    private readonly EmbeddingInputType _inputType;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly CallTelemetry _telemetry;

    /// <summary>Initializes a new instance of the <see cref="Bm25EmbeddingGenerator"/> class.</summary>
    /// <param name="options">How texts are read and weighed; null for the defaults, which are for English.</param>
    /// <param name="inputType">What texts are where a call's options do not say.</param>
    public Bm25EmbeddingGenerator(Bm25Options? options = null, EmbeddingInputType inputType = EmbeddingInputType.Document)
        : this(new Bm25Encoder(options ?? new Bm25Options(), Log.For<Bm25EmbeddingGenerator>(options?.LoggerFactory)), inputType)
    {
    }

    private Bm25EmbeddingGenerator(Bm25Encoder encoder, EmbeddingInputType inputType)
    {
        _encoder = encoder;
        _inputType = inputType;
        _metadata = GeneratorContract.Metadata(encoder.Identity.ModelName, encoder.Identity.Dimensions);
        _telemetry = new CallTelemetry(encoder.Identity.ModelName);
    }

    /// <summary>Gets what the keys of a cache must have beside text and options of a call, for <c>UseDistributedCache</c> of Microsoft.Extensions.AI.</summary>
    /// <remarks>The options of the generator are in them, so that generators with others do not take its entries.</remarks>
    /// <value>Texts, the same for equal options on any machine.</value>
    public IReadOnlyList<object> CacheKeyAdditionalValues => CacheKey.Of(_encoder.Identity, _inputType);

    /// <summary>Creates a view that encodes texts as queries unless a call's options say otherwise.</summary>
    /// <returns>The view, over the same words and options.</returns>
    public Bm25EmbeddingGenerator AsQueryGenerator() => new(_encoder, EmbeddingInputType.Query);

    /// <summary>Creates a view that encodes texts as documents unless a call's options say otherwise.</summary>
    /// <returns>The view, over the same words and options.</returns>
    public Bm25EmbeddingGenerator AsDocumentGenerator() => new(_encoder, EmbeddingInputType.Document);

    /// <summary>Encodes texts; one embedding per text, in the order of the texts. Short ones are encoded at once, more than that on the thread pool.</summary>
    /// <remarks>
    /// <see cref="SparseEmbedding.TokenCount"/> is the number of words that count: without stop words, and without those that are too long. It is the
    /// length of a document in the formula, so that its mean is what <see cref="Bm25Options.AverageLength"/> should be. Texts are read to their end,
    /// whatever <see cref="SpladeEncodingOptions.LongTextHandling"/> says; a text without words has an empty vector.
    /// </remarks>
    /// <param name="values">Texts, enumerated once.</param>
    /// <param name="options">
    /// Null for the defaults. <see cref="EmbeddingGenerationOptions.ModelId"/> and <see cref="EmbeddingGenerationOptions.Dimensions"/> may be set to what
    /// this generator has, and to nothing else; of <see cref="SpladeEncodingOptions"/> neither prompts nor a limit of tokens may be set.
    /// </param>
    /// <param name="cancellationToken">Observed between texts, and within long ones.</param>
    /// <exception cref="ArgumentException">A text is null (the message has its position), or the options ask for what BM25 does not have.</exception>
    /// <exception cref="InvalidOperationException">A word cutter or stemmer that was given breaks its contract; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<GeneratedEmbeddings<SparseEmbedding>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = Texts.Check(values, nameof(values));
        GeneratorContract.CheckOptions(options, _metadata, GeneratorContract.FewerEntries);
        SpladeEncodingOptions own = options?.RawRepresentationFactory?.Invoke(this) as SpladeEncodingOptions ?? new SpladeEncodingOptions();
        Bm25Call call = Call(own.Or((options as SpladeEmbeddingGenerationOptions)?.Encoding), _inputType);
        Bm25Encoding[] encoded = await _telemetry.MeasureAsync(
            call.InputType,
            texts.Length,
            () => _encoder.EncodeAsync(texts, call, cancellationToken),
            encoding => new EncodedFacts(encoding.Length, Truncated: false, encoding.Vector.Count)).ConfigureAwait(false);
        return Generated.Sparse(
            _encoder.Identity.ModelName,
            Array.ConvertAll(encoded, encoding => new SpladeEncoding(encoding.Vector, encoding.Length, Truncated: false)));
    }

    /// <summary>Explains the vector of a text: exactly, and by words that stand there, since there is nothing else in it.</summary>
    /// <remarks>
    /// A term's <see cref="ExplainedTerm.Token"/> is the stem, its <see cref="ExplainedTerm.Occurrences"/> are all of its places, as many as its frequency,
    /// and its weight is the saturated frequency. <see cref="TextExplanation.TokenCount"/> is the length of the text in words that count, and
    /// <see cref="TextExplanation.UnweightedTokens"/> are the words that do not. Terms have no <see cref="ExplainedTerm.Source"/>. A dimension alone tells
    /// no word: an explanation is made from the text.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and how many terms are listed; null for the defaults.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what BM25 does not have.</exception>
    public TextExplanation Explain(string text, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new ExplanationOptions();
        Bm25Encoding encoding = _encoder.Encode(text, Call(options.Encoding, _inputType));
        return new Bm25Explainer(_encoder.Reader).Explain(text, encoding, options.Top);
    }

    /// <summary>Explains the score of a document for a query: what each term that they share brings.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="idf">
    /// Returns the inverse document frequency of a dimension, finite and not below 0, as the store that ranks has it; the weights of the query are multiplied
    /// by it. Null for none: each term of the query counts 1.
    /// </param>
    /// <param name="options">How they are encoded and how many terms are listed; null for the defaults.</param>
    /// <returns>
    /// The explanation, in which the weight of a term in the query is its inverse document frequency, that in the document its saturated frequency, and
    /// <see cref="MatchedTerm.Contribution"/> their product.
    /// </returns>
    /// <exception cref="ArgumentException">The options ask for what BM25 does not have, or an inverse document frequency is not such a number.</exception>
    public MatchExplanation ExplainMatch(string query, string document, Func<int, double>? idf = null, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        options ??= new ExplanationOptions();
        Bm25Encoding querySide = _encoder.Encode(query, Call(options.QueryEncoding, EmbeddingInputType.Query));
        Bm25Encoding documentSide = _encoder.Encode(document, Call(options.Encoding, EmbeddingInputType.Document));
        var explainer = new Bm25Explainer(_encoder.Reader);
        return MatchExplainer.Explain(
            explainer.Explain(query, idf is null ? querySide : querySide.WithIdf(idf), top: null),
            explainer.Explain(document, documentSide, top: null),
            options.Top);
    }

    /// <summary>This object, its metadata, or its identity (<see cref="SparseModelIdentity"/>).</summary>
    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        GeneratorContract.GetService(serviceType, serviceKey, this, _metadata, _encoder.Identity);

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    Task<TextExplanation> ISparseExplainer.ExplainAsync(string text, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Task.Run(() => Explain(text, options), cancellationToken);
    }

    /// <inheritdoc/>
    Task<MatchExplanation> ISparseExplainer.ExplainMatchAsync(
        string query, string document, Func<int, double>? idf, ExplanationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        return Task.Run(() => ExplainMatch(query, document, idf, options), cancellationToken);
    }

    private static Bm25Call Call(SpladeEncodingOptions options, EmbeddingInputType inputType) =>
        new(options.Or(new SpladeEncodingOptions { InputType = inputType }));
}
