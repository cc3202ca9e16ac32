namespace Splade.AI.Explanation.Rendering;

/// <summary>A term that is shown in its text, and how much it counts for there: its weight, or what it brings to a score.</summary>
internal readonly record struct PlacedTerm(ExplainedTerm Term, double Amount);
