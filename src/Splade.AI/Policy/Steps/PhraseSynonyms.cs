namespace Splade.AI.Policy.Steps;

/// <summary>A word of several tokens, and what gets a share of its weight.</summary>
internal sealed record PhraseSynonyms(Phrase Phrase, Synonym[] Synonyms);
