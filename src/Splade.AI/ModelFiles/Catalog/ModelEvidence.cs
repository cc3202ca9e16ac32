namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Specifies how far it is proven that this library gives the vectors of a published model, the strongest proof last.</summary>
public enum ModelEvidence
{
    /// <summary>What is published of the model was read, and nothing of it was computed.</summary>
    Read,

    /// <summary>Its architecture was compared with plain loops over what is published of it, and with no values of the original library.</summary>
    PlainLoops,

    /// <summary>Other weights of its architecture give the values of the original library.</summary>
    Architecture,

    /// <summary>The published weights themselves give the values of the original library.</summary>
    Checkpoint,
}
