namespace Splade.AI.Policy.Steps;

/// <summary>Tokens that get a minimum weight where a text has them one after the other.</summary>
internal sealed record ForcedPhrase(int[] Ids, double Minimum);
