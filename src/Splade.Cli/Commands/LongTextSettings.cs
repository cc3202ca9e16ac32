using Splade.AI;

namespace Splade.Cli.Commands;

/// <summary>What becomes of texts with more tokens than are read at once.</summary>
/// <param name="Handling">What to do with them.</param>
/// <param name="Overlap">How many tokens neighbouring windows share; null for the library's choice.</param>
internal sealed record LongTextSettings(LongTextHandling Handling, int? Overlap)
{
    /// <summary>As options of the library, for texts of one use.</summary>
    public SpladeEncodingOptions ToOptions(EmbeddingInputType inputType) => new() { InputType = inputType, LongTextHandling = Handling, WindowOverlap = Overlap };
}
