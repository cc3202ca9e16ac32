namespace Splade.AI.Policy.Steps;

/// <summary>What a boost does where a text has a word of several tokens.</summary>
/// <param name="Rule">Tells the rules apart: each multiplies a token once.</param>
/// <param name="Factor">What weights are multiplied by.</param>
/// <param name="Ids">The tokens whose weights those are.</param>
internal sealed record PhraseBoost(int Rule, double Factor, int[] Ids);
