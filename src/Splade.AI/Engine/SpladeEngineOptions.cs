using Splade.AI.ModelFiles;
using Splade.AI.Policy;

namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="SpladeEngine"/> loads and runs its model.</summary>
public sealed class SpladeEngineOptions : EncoderOptions
{
    /// <summary>Creates options with their defaults, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.</summary>
    public SpladeEngineOptions()
    {
    }

    /// <summary>Creates options with their defaults.</summary>
    /// <param name="modelFolder">The model's folder, in the layout of Sentence Transformers, with an ONNX file or weights in it.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public SpladeEngineOptions(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <summary>Gets or sets how exactly the model is computed.</summary>
    /// <remarks>
    /// <para>
    /// With <see cref="Precision.Fast"/> vectors differ from those of <see cref="Precision.Exact"/> by quantisation: weights move a little, and
    /// the lightest terms come and go. <c>PrecisionAgreement</c> measures by how much on texts of yours. Take one precision for the
    /// documents and the queries of an index: mixed, rankings lose a little.
    /// </para>
    /// <para>
    /// It is for processors with AVX2, and needs an ONNX file with float32 weights and a decoder that is recognised. Where it cannot be used,
    /// a warning is logged, <see cref="SpladeEngine.Precision"/> is <see cref="Precision.Exact"/>, and vectors are exact.
    /// </para>
    /// </remarks>
    /// <value>The default is <see cref="Precision.Exact"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public Precision Precision
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Precision), value, $"Expected one of {string.Join(", ", Enum.GetNames<Precision>())}.");
    }

    /// <summary>Gets or sets what makes weights of a model's logits, where its folder does not say.</summary>
    /// <remarks>
    /// A folder in the layout of Sentence Transformers says it. One without <c>modules.json</c> does not: it is read as
    /// <see cref="SpladeActivation.Relu"/>, unless <c>idf.json</c> lies beside the model, as FastEmbed publishes inference-free models. Of those
    /// some have one activation and some the other, and such a folder is refused until this is set: <see cref="SpladeActivation.Relu"/> for
    /// OpenSearch's models of versions 1 and 2, <see cref="SpladeActivation.Log1pRelu"/> for those of version 3.
    /// </remarks>
    /// <value>The default is null: what the folder says. Another one than it says is refused when the model is loaded.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public SpladeActivation? Activation
    {
        get;
        set => field = value is null || Enum.IsDefined(value.Value) ? value : throw new ArgumentOutOfRangeException(
            nameof(Activation), value, $"Expected one of {string.Join(", ", Enum.GetNames<SpladeActivation>())}.");
    }

    /// <summary>Gets or sets a value indicating whether the dimensions of special tokens, such as <c>[CLS]</c>, are taken out of every vector.</summary>
    /// <value>
    /// The default is false: they are kept, as Sentence Transformers does. OpenSearch's own code takes them out, and so are they in any case for an
    /// inference-free model without <c>modules.json</c>.
    /// </value>
    public bool DropSpecialTokens { get; set; }

    /// <summary>Gets or sets what becomes of certain terms after the model has weighed them: banned, boosted, given to synonyms, forced.</summary>
    /// <remarks>It works before <see cref="DropSpecialTokens"/> and <see cref="SpladeEncodingOptions.MaxActiveDimensions"/> do.</remarks>
    /// <value>The default is null: vectors are as the model made them.</value>
    public VocabularyPolicy? Policy { get; set; }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub or a policy, is shared.</returns>
    public SpladeEngineOptions Clone() => (SpladeEngineOptions)CloneCore();
}
