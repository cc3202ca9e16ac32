namespace Splade.AI;

/// <summary>Describes what a <see cref="SpladeEngine"/> made of one text.</summary>
/// <param name="Vector">The weights over the model's vocabulary: of the whole text, or of its beginning if it was truncated.</param>
/// <param name="TokenCount">
/// How many tokens of the text were read, special tokens and the prompt's included. Each counts once, also where windows share it.
/// </param>
/// <param name="Truncated">Whether the text was longer than the limit, so that its end had no part in the vector.</param>
public sealed record SpladeEncoding(SparseVector Vector, int TokenCount, bool Truncated)
{
    /// <summary>Gets the parts of the text that were read at once, in its order, with <see cref="LongTextHandling.SlidingWindowPassages"/>.</summary>
    /// <value>At least one in that mode: a text that fits is one passage. Empty in any other.</value>
    public IReadOnlyList<SpladePassage> Passages { get; init; } = [];

    /// <summary>Equal vectors, counts and passages.</summary>
    public bool Equals(SpladeEncoding? other) =>
        other is not null && TokenCount == other.TokenCount && Truncated == other.Truncated
        && Vector.Equals(other.Vector) && Passages.SequenceEqual(other.Passages);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Vector, TokenCount, Truncated, Passages.Count);
}
