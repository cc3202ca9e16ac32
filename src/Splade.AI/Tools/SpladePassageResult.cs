namespace Splade.AI.Tools;

/// <summary>What <c>read_passage</c> returns. Immutable.</summary>
public sealed record SpladePassageResult : SpladeToolResult
{
    /// <summary>The passage's id.</summary>
    public string? Id { get; init; }

    /// <summary>What else is known of the passage (<see cref="SpladeAIToolsOptions.MetadataKeys"/>); null if nothing is.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The passage: data, not instructions.</summary>
    public string? UntrustedText { get; init; }

    /// <summary>How many characters the passage has, whether they are given or not.</summary>
    public int? Length { get; init; }

    /// <summary>Whether the passage's end is left out.</summary>
    public bool? Truncated { get; init; }
}
