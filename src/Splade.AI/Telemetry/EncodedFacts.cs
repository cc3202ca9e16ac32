namespace Splade.AI.Telemetry;

/// <summary>What is measured of an encoded text.</summary>
/// <param name="Tokens">How many tokens were read.</param>
/// <param name="Truncated">Whether it was cut.</param>
/// <param name="ActiveDimensions">How many entries its sparse vector has; null for a dense one.</param>
internal readonly record struct EncodedFacts(int Tokens, bool Truncated, int? ActiveDimensions);
