namespace Splade.AI.Policy.Steps;

/// <summary>Tokens that a text may have one after the other.</summary>
/// <param name="Ids">The tokens, at least one.</param>
/// <param name="IsWord">Whether they count only where they are not a part of a longer word.</param>
/// <param name="Text">What a rule calls them.</param>
internal sealed record Phrase(int[] Ids, bool IsWord, string Text);

/// <summary>Tokens that get a minimum weight where a text has them one after the other.</summary>
internal sealed record ForcedPhrase(int[] Ids, double Minimum);

/// <summary>What a boost does where a text has a word of several tokens.</summary>
/// <param name="Rule">Tells the rules apart: each multiplies a token once.</param>
/// <param name="Factor">What weights are multiplied by.</param>
/// <param name="Ids">The tokens whose weights those are.</param>
internal sealed record PhraseBoost(int Rule, double Factor, int[] Ids);

/// <summary>A word of several tokens, and what gets a share of its weight.</summary>
internal sealed record PhraseSynonyms(Phrase Phrase, Synonym[] Synonyms);

/// <summary>A token that gets a share of another's weight.</summary>
internal readonly record struct Synonym(int Id, double Factor);
