namespace Splade.AI.Architectures.Tables;

/// <summary>A model as a table: its parts in their order, with the names of their tensors, without prefix, and their sizes.</summary>
internal sealed record Architecture
{
    /// <summary>What the encoder's tensors are called by in a model with a head: the first of these that the file has.</summary>
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>What the names of the encoder's tensors begin with.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    public required EmbeddingSum Embeddings { get; init; }

    public required IReadOnlyList<EncoderLayer> Layers { get; init; }

    /// <summary>The norm behind the last layer; null for none.</summary>
    public NormLayer? FinalNorm { get; init; }

    public required MaskedHead MaskedHead { get; init; }

    public required ClassificationHead ClassificationHead { get; init; }
}
