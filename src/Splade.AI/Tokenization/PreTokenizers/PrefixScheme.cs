namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>Which pieces of text get a space before them.</summary>
internal enum PrefixScheme
{
    Always,

    /// <summary>The one at the beginning of the text.</summary>
    First,
    Never,
}
