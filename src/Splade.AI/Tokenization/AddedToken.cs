namespace Splade.AI.Tokenization;

/// <summary>A token that is found in the text before the model splits it, with the flags of <c>tokenizer.json</c>.</summary>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it steers the model, as <c>[SEP]</c> does, and is not part of what a text says.</summary>
    public bool Special { get; init; }

    /// <summary>Whether it counts only where no word character stands beside it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it takes the white space before it.</summary>
    public bool TakesSpaceBefore { get; init; }

    /// <summary>Whether it takes the white space after it.</summary>
    public bool TakesSpaceAfter { get; init; }
}
