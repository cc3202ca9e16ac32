namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>What becomes of the matches of a pattern: the names are Hugging Face's.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}
