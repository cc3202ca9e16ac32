namespace Splade.AI.Policy.Steps;

/// <summary>Tokens that a text may have one after the other.</summary>
/// <param name="Ids">The tokens, at least one.</param>
/// <param name="IsWord">Whether they count only where they are not a part of a longer word.</param>
/// <param name="Text">What a rule calls them.</param>
internal sealed record Phrase(int[] Ids, bool IsWord, string Text);
