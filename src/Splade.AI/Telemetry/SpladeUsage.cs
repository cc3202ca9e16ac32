namespace Splade.AI;

/// <summary>Names under which generators report more than tokens, in the additional counts of their usage.</summary>
public static class SpladeUsage
{
    /// <summary>The name of the count of the texts of a call that were longer than the model's limit, so that their ends were not read.</summary>
    public const string TruncatedInputs = "splade.truncated_inputs";
}
