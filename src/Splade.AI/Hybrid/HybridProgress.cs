namespace Splade.AI.Hybrid;

/// <summary>Describes how far an addition of texts has come.</summary>
/// <param name="Added">How many texts are encoded and stored.</param>
/// <param name="Total">How many there are; null if the source cannot tell before its end.</param>
public readonly record struct HybridProgress(int Added, int? Total)
{
    /// <summary>Gets how many texts the store had already. Together with <see cref="Added"/> they are all that are done.</summary>
    public int Unchanged { get; init; }
}
