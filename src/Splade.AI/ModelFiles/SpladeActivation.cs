namespace Splade.AI.ModelFiles;

/// <summary>Specifies what makes a weight of a logit x, under the names that Sentence Transformers uses.</summary>
public enum SpladeActivation
{
    /// <summary><c>log(1 + max(x, 0))</c>: SPLADE.</summary>
    Relu,

    /// <summary><c>log(1 + log(1 + max(x, 0)))</c>: the OpenSearch models of version 3.</summary>
    Log1pRelu,
}
