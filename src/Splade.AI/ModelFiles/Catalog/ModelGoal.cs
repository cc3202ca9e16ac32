namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Specifies what matters most in the choice of a model.</summary>
public enum ModelGoal
{
    /// <summary>The best rankings: the highest BEIR-13 score first.</summary>
    Quality,

    /// <summary>Cheap encoding at a quality above BM25: the fewest parameters first.</summary>
    Speed,

    /// <summary>The smallest model at any quality, for tests and demonstrations.</summary>
    Size,
}
