namespace Splade.AI.ModelFiles;

/// <summary>Specifies how the vectors of a text's tokens become the vector of the text.</summary>
public enum DensePooling
{
    /// <summary>The mean over all tokens, special tokens included.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    Cls,
}
