namespace Splade.AI.Search;

/// <summary>How two dense vectors are compared.</summary>
public enum DenseSimilarity
{
    /// <summary>The cosine of the angle between the vectors, from -1 to 1 up to float rounding. The default.</summary>
    Cosine,

    /// <summary>The sum of the products of their entries, for models that were trained with it.</summary>
    DotProduct,
}
