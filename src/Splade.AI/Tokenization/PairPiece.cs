namespace Splade.AI.Tokenization;

/// <summary>A place in the template for a pair of texts.</summary>
/// <param name="Part">What stands there.</param>
/// <param name="Type">The type id of its tokens, as models with segments read it.</param>
internal readonly record struct PairPiece(PairPart Part, int Type)
{
    /// <summary>The id of a special token; of no account for a text.</summary>
    public int Id { get; init; }
}
