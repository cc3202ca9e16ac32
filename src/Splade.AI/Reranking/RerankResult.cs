namespace Splade.AI;

/// <summary>A text's score for a query. Immutable.</summary>
/// <param name="Index">The place of the text among those that were given, from 0.</param>
/// <param name="Score">
/// The score to show and to set thresholds on: the logit after the model's activation. What it ranges over is the model's affair: with a sigmoid from
/// 0 to 1, without an activation for example from -10 to 10.
/// </param>
/// <param name="Logit">What the model gave. Results are ordered by it: a sigmoid of 17 and one of 20 are both 1 in single precision.</param>
/// <param name="Truncated">Whether query and text were longer together than the model reads, so that a part of either was not read.</param>
public sealed record RerankResult(int Index, float Score, float Logit, bool Truncated);
