namespace Splade.AI.Policy;

/// <summary>Takes terms out of vectors, and keeps them out.</summary>
/// <remarks>
/// A word of several tokens is refused: its pieces are pieces of other words too. A synonym does not bring a banned token back; a
/// <see cref="ForceRule"/> does where the text has the forced term in so many words.
/// </remarks>
public sealed record BanRule : PolicyRule
{
    internal const string Name = "ban";

    internal override string Kind => Name;
}
