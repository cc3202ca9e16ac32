namespace Splade.AI.Tools;

/// <summary>The names of the functions, before the prefix.</summary>
internal static class ToolNames
{
    public const string Encode = "splade_encode";
    public const string Explain = "splade_explain";
    public const string Compare = "splade_compare";
    public const string ExpandQuery = "splade_expand";
    public const string Search = "hybrid_search";
    public const string ReadPassage = "read_passage";

    /// <summary>What chat services allow for the name of a function.</summary>
    public const int MaxLength = 64;

    /// <summary>What the longest of the names leaves of that for a prefix.</summary>
    public static int MaxPrefixLength { get; } = MaxLength - new[] { Encode, Explain, Compare, ExpandQuery, Search, ReadPassage }.Max(name => name.Length);
}
