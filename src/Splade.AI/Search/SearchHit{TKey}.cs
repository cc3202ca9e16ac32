namespace Splade.AI.Search;

/// <summary>One result of a search.</summary>
/// <typeparam name="TKey">The type of the index's keys.</typeparam>
/// <param name="Key">The key the vector is stored under.</param>
/// <param name="Score">The score of the vector against the query; higher is better. Its unit is that of the index.</param>
public readonly record struct SearchHit<TKey>(TKey Key, float Score);
