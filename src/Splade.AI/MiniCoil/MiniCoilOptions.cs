namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="MiniCoilEncoder"/> loads and runs its model. The defaults are FastEmbed's.</summary>
public sealed class MiniCoilOptions : EncoderOptions
{
    private const double MaxK = 1000;

    /// <summary>
    /// Initializes a new instance of the <see cref="MiniCoilOptions"/> class, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.
    /// </summary>
    public MiniCoilOptions()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MiniCoilOptions"/> class.</summary>
    /// <param name="modelFolder">The model's folder, in FastEmbed's layout.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public MiniCoilOptions(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <inheritdoc cref="Bm25Options.K"/>
    public double K
    {
        get;
        set => field = value is >= 0 and <= MaxK ? value : throw new ArgumentOutOfRangeException(
            nameof(K), value, $"Expected the saturation of a frequency, from 0 to {MaxK}, usually from 0.5 to 2.");
    } = 1.2;

    /// <inheritdoc cref="Bm25Options.B"/>
    public double B
    {
        get;
        set => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(B), value, "Expected how much the length of documents counts, from 0 to 1.");
    } = .75;

    /// <summary>Gets or sets the mean length of documents, in words that count.</summary>
    /// <value>Above 0. The default is 150.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public double AverageLength
    {
        get;
        set => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(AverageLength), value, "Expected the mean number of words that count in a document, above 0.");
    } = 150;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub, is shared.</returns>
    public MiniCoilOptions Clone() => (MiniCoilOptions)CloneCore();
}
