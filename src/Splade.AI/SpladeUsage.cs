using Microsoft.Extensions.AI;

namespace Splade.AI;

/// <summary>Names of the counts that the generators add to <see cref="UsageDetails.AdditionalCounts"/>.</summary>
public static class SpladeUsage
{
    /// <summary>How many of the inputs were longer than the model's limit, so that their ends had no part in their vectors.</summary>
    public const string TruncatedInputs = "splade.truncated_inputs";
}
