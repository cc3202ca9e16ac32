namespace Splade.AI.Architectures.Tables;

/// <summary>A table with a row for each word, position or token type.</summary>
/// <param name="Name">What its tensor's name begins with.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Width">How long they are.</param>
internal sealed record LookupTable(string Name, int Rows, int Width);
