namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Describes what is known of a published model. Null always means unknown.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed record CatalogModel
{
    /// <summary>Gets the model's name on the Hugging Face hub: <c>owner/name</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what the model makes of texts, and so what opens it.</summary>
    /// <value>The default is <see cref="EncoderKind.Splade"/>.</value>
    public EncoderKind Kind { get; init; }

    /// <summary>Gets what the model is good for, in a sentence.</summary>
    public required string Purpose { get; init; }

    /// <summary>Gets the languages that the model was made for.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Gets the published mean nDCG@10 over the 13 data sets of BEIR, in percent. BM25 has 45.6.</summary>
    public double? BeirNdcg10 { get; init; }

    /// <summary>Gets the published MRR@10 on the development queries of MS MARCO, in percent. BM25 has 18.4.</summary>
    public double? MsMarcoMrr10 { get; init; }

    /// <summary>Gets where the scores were published; null if there are none.</summary>
    public string? ScoreSource { get; init; }

    /// <summary>Gets the class of the neural model, for example <c>BertForMaskedLM</c>.</summary>
    public string? Architecture { get; init; }

    /// <summary>Gets about how many parameters the model has.</summary>
    public long? Parameters { get; init; }

    /// <summary>Gets how many entries the vocabulary has.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>Gets how many dimensions the sparse vectors have.</summary>
    /// <value><see cref="VocabularySize"/>, unless terms are hashed.</value>
    public int? Dimensions
    {
        get => field ?? VocabularySize;
        init;
    }

    /// <summary>
    /// Gets a value indicating whether a store has to multiply queries by the inverse document frequency, as <see cref="SparseModelIdentity.RequiresIdf"/>.
    /// </summary>
    /// <value>False of SPLADE models, whose weights have it; null for models without sparse vectors.</value>
    public bool? RequiresIdf
    {
        get => field ?? (Kind == EncoderKind.Splade ? false : null);
        init;
    }

    /// <summary>Gets the most tokens of a text that the model reads.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets what is applied to the logits, by the name that Sentence Transformers gives it: <c>relu</c> or <c>log1p_relu</c>.</summary>
    public string? Activation { get; init; }

    /// <summary>Gets a value indicating whether queries are encoded without a neural network, by a look-up of their tokens.</summary>
    public bool? InferenceFreeQueries { get; init; }

    /// <summary>Gets the licence's identifier, as the model card gives it.</summary>
    public string? License { get; init; }

    /// <summary>Gets a value indicating whether the licence allows commercial use.</summary>
    public bool? CommercialUse { get; init; }

    /// <summary>Gets a value indicating whether the hub gives the files only to those who have accepted the model's terms.</summary>
    public bool? Gated { get; init; }

    /// <summary>
    /// Gets a value indicating whether the model is loaded from an ONNX file, and not from weights that a graph is written for: whether its repository
    /// had one when its files were last looked at. Null too where there is nothing to load.
    /// </summary>
    public bool? HasOnnxFile { get; init; }

    /// <summary>Gets about how many bytes a download fetches, nearly all of them the ONNX file or the weights.</summary>
    public long? DownloadBytes { get; init; }

    /// <summary>Gets how far it is proven that this library gives the vectors of the published model.</summary>
    public required ModelEvidence Evidence { get; init; }
}
