namespace Splade.AI.ModelFiles;

/// <summary>Specifies what a model makes of texts, which decides what opens it.</summary>
public enum EncoderKind
{
    /// <summary>A SPLADE model, with or without queries that need none: <see cref="SpladeEngine"/>, <see cref="SpladeEmbeddingGenerator"/>.</summary>
    Splade,

    /// <summary>BM25, which needs no model: <see cref="Bm25EmbeddingGenerator"/>. A folder has its lists of stop words at most.</summary>
    Bm25,

    /// <summary>BM42: <see cref="Bm42EmbeddingGenerator"/>.</summary>
    Bm42,

    /// <summary>miniCOIL, whose values have both signs: <see cref="MiniCoilEncoder"/>.</summary>
    MiniCoil,

    /// <summary>BGE-M3 with its lexical weights: <see cref="BgeM3Encoder"/>.</summary>
    BgeM3,

    /// <summary>A dense model: <see cref="DenseEmbeddingGenerator"/>.</summary>
    Dense,

    /// <summary>A cross-encoder, which scores pairs of texts: <see cref="CrossEncoderReranker"/>.</summary>
    CrossEncoder,
}
