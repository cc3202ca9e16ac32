using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tokenization;

/// <summary>What tokenizers need to remember while they work on one text, used again for the next.</summary>
/// <remarks>Not safe for concurrent use. Belongs to a <see cref="TokenBuffer"/>, and grows only where a tokenizer needs it.</remarks>
internal sealed class WorkingMemory
{
    /// <summary>What a normalizer makes of a text.</summary>
    public NormalizedText Normalized { get; } = new();

    /// <summary>What the next normalizer makes of that, in turn with <see cref="Normalized"/>.</summary>
    public NormalizedText NormalizedNext => field ??= new NormalizedText();

    /// <summary>A part of the normalized text with marked spaces.</summary>
    public NormalizedText Spaced => field ??= new NormalizedText();

    /// <summary>The word that is being merged.</summary>
    public BpeWord BpeWord => field ??= new BpeWord();

    /// <summary>The best ways to cut a word.</summary>
    public UnigramLattice Lattice => field ??= new UnigramLattice();
}
