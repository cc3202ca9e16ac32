namespace Splade.AI;

/// <summary>How a <see cref="SpladeEngine"/> loads and runs its model.</summary>
/// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file in it.</param>
public sealed class SpladeEngineOptions(string modelFolder) : EncoderOptions(modelFolder)
{
    /// <summary>How many of the heaviest entries of each vector are kept, where a call does not say.</summary>
    /// <value>The default is null: all of them.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxActiveDimensions
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(MaxActiveDimensions));
            field = value;
        }
    }

    /// <summary>Whether the dimensions of special tokens (such as <c>[CLS]</c> or <c>&lt;s&gt;</c>) are taken out of every vector.</summary>
    /// <value>The default is false: they are kept, as Sentence Transformers does. OpenSearch's own code takes them out.</value>
    public bool DropSpecialTokens { get; set; }
}
