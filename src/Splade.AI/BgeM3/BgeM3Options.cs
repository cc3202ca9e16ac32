namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="BgeM3Encoder"/> loads and runs its model.</summary>
/// <remarks>
/// BGE-M3 reads up to 8192 tokens, and FlagEmbedding cuts texts at 512 unless it is told otherwise: set <c>options.Encoding.MaxTokens = 512</c> for the
/// same numbers on longer texts, and for speed.
/// </remarks>
public sealed class BgeM3Options : EncoderOptions
{
    /// <summary>Initializes a new instance of the <see cref="BgeM3Options"/> class, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.</summary>
    public BgeM3Options()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BgeM3Options"/> class.</summary>
    /// <param name="modelFolder">The model's folder, with an ONNX file or weights in it.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public BgeM3Options(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub, is shared.</returns>
    public BgeM3Options Clone() => (BgeM3Options)CloneCore();
}
