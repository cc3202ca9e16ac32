namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>One step on the way from a text to words.</summary>
/// <remarks>Immutable. Each piece goes through all later steps before the next one is looked for.</remarks>
internal abstract class PreTokenizer
{
    /// <summary>Splits or changes a piece of text, not empty, and passes on what comes of it.</summary>
    /// <param name="text">The piece.</param>
    /// <param name="next">Takes what comes of it, as <see cref="WordPipeline.Append"/> does.</param>
    /// <param name="step">Which step comes next.</param>
    /// <param name="destination">Takes the tokens.</param>
    public abstract void Append(AlignedText text, WordPipeline next, int step, TokenBuffer destination);
}
