namespace Splade.AI.Policy.Steps;

/// <summary>A token that gets a share of another's weight.</summary>
internal readonly record struct Synonym(int Id, double Factor);
