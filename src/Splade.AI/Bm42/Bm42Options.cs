namespace Splade.AI;

/// <summary>Provides the options of how a <see cref="Bm42EmbeddingGenerator"/> loads and runs its model.</summary>
public sealed class Bm42Options : EncoderOptions
{
    private const double MaxAlpha = 100;

    /// <summary>Initializes a new instance of the <see cref="Bm42Options"/> class, whose <see cref="EncoderOptions.ModelFolder"/> is yet to be set.</summary>
    public Bm42Options()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Bm42Options"/> class.</summary>
    /// <param name="modelFolder">The model's folder, in FastEmbed's layout.</param>
    /// <exception cref="ArgumentException">The folder is null, empty or blank.</exception>
    public Bm42Options(string modelFolder)
        : base(modelFolder)
    {
    }

    /// <summary>Gets or sets the power that weights are raised to: the lower, the more alike the weights of a text's words.</summary>
    /// <value>Above 0, at most 100. The default is 0.5, as in FastEmbed.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside of that range.</exception>
    public double Alpha
    {
        get;
        set => field = value is > 0 and <= MaxAlpha ? value : throw new ArgumentOutOfRangeException(
            nameof(Alpha), value, $"Expected the power of a weight, above 0 and at most {MaxAlpha}, usually 0.5.");
    } = 0.5;

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy. What it refers to, such as a hub, is shared.</returns>
    public Bm42Options Clone() => (Bm42Options)CloneCore();
}
