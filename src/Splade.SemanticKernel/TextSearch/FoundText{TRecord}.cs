using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>A hit, and what the application makes of it.</summary>
internal readonly record struct FoundText<TRecord>(HybridHit Hit, TRecord Record);
