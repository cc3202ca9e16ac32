namespace Splade.AI.TextEncoding;

/// <summary>How the pairs of a call are read.</summary>
/// <param name="Query">The first text of all pairs.</param>
/// <param name="MaxTokens">The most tokens of a pair that are read, those of the template included.</param>
/// <param name="Truncation">What is cut of a pair that is longer.</param>
internal sealed record PairRequest(string Query, int MaxTokens, PairTruncation Truncation);
