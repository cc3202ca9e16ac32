namespace Splade.AI.ModelFiles;

/// <summary>How the vectors of a text's tokens become the vector of the text.</summary>
public enum DensePooling
{
    /// <summary>The mean over all tokens, special tokens included.</summary>
    Mean,

    /// <summary>The vector of the first token.</summary>
    Cls,
}
