using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Represents the options of a <see cref="SpladeCollection{TKey, TRecord}"/>. Not to be changed while a collection is made with it.</summary>
public sealed class SpladeCollectionOptions : VectorStoreCollectionOptions
{
    /// <summary>Initializes a new instance of the <see cref="SpladeCollectionOptions"/> class with the defaults.</summary>
    public SpladeCollectionOptions()
    {
    }

    internal SpladeCollectionOptions(SpladeCollectionOptions? other)
        : base(other)
    {
        SparseEmbeddingGenerator = other?.SparseEmbeddingGenerator;
        Fusion = other?.Fusion ?? HybridFusion.Default;
        Candidates = other?.Candidates ?? Candidates;
    }

    /// <summary>
    /// Gets or sets what makes the sparse vectors of full-text properties and keywords, of texts that are searched for in sparse vectors, and of vector
    /// properties whose definition says by <see cref="VectorStoreVectorProperty.EmbeddingType"/> that they are sparse.
    /// </summary>
    /// <remarks>It is told which texts are documents and which queries. It is not disposed of.</remarks>
    /// <value>
    /// The default is null: <see cref="VectorStoreCollectionOptions.EmbeddingGenerator"/>, if that makes sparse vectors. A collection with full-text
    /// properties needs one.
    /// </value>
    public IEmbeddingGenerator<string, SparseEmbedding>? SparseEmbeddingGenerator { get; set; }

    /// <summary>Gets or sets the fusion of vectors and keywords in hybrid search.</summary>
    /// <value>The default is <see cref="HybridFusion.Default"/>.</value>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public HybridFusion Fusion
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    }
    = HybridFusion.Default;

    /// <summary>
    /// Gets or sets the number of candidates that each side of a hybrid search gives to the fusion; as many as one page has, if that is more.
    /// </summary>
    /// <remarks>
    /// However many results are skipped, a page is cut from the fused ranking of these candidates: pages of one size repeat and lose no record, and
    /// they end where the candidates end.
    /// </remarks>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Candidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    }
    = 100;
}
