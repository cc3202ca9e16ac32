using Microsoft.Extensions.Logging;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>What the functions for agents offer, and how much they give. Immutable.</summary>
public sealed record SpladeAIToolsOptions
{
    /// <summary>What <c>hybrid_search</c> and <c>read_passage</c> work on.</summary>
    /// <remarks>
    /// Hits are told the terms that made them match if the sparse generator of the retriever is over the engine of the functions, decorated or
    /// not; a retriever over another engine works, without these terms.
    /// </remarks>
    /// <value>The default is null: these two functions are not there.</value>
    public HybridRetriever? Retriever { get; init; }

    /// <summary>What the texts of <see cref="Retriever"/> are about, for example <c>the handbook of a coffee machine maker</c>. A model that has it knows when to search.</summary>
    /// <value>The default is null: the description of <c>hybrid_search</c> speaks of stored documents.</value>
    public string? CorpusDescription { get; init; }

    /// <summary>The keys of <see cref="HybridRecord.Metadata"/> that are given out with hits and passages. Others stay inside.</summary>
    /// <value>The default is <c>title</c> and <c>source</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> MetadataKeys
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(MetadataKeys));
            field = [.. value];
        }
    } = ["title", "source"];

    /// <summary>What the functions' names begin with, so that one agent can have the functions of several engines or retrievers.</summary>
    /// <value>At most 50 ASCII letters, digits, <c>_</c> and <c>-</c>. The default is nothing.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is longer, or has other characters.</exception>
    public string NamePrefix
    {
        get;
        init => field = IsNamePart(value) ? value : throw new ArgumentException(
            $"Found the prefix '{value}', expected at most {ToolNames.MaxPrefixLength} ASCII letters, digits, '_' and '-': chat services refuse other names.",
            nameof(NamePrefix));
    } = "";

    /// <summary>How many characters of a text that a model gives are read. What is beyond is reported as <c>truncated</c>.</summary>
    /// <value>At least 1. The default is 20,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTextLength { get; init => field = AtLeastOne(value, nameof(MaxTextLength)); } = ToolDefaults.MaxTextLength;

    /// <summary>The longest list that a call can ask for. A larger <c>top</c> means this one.</summary>
    /// <value>At least 1. The default is 50.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTop { get; init => field = AtLeastOne(value, nameof(MaxTop)); } = ToolDefaults.MaxTop;

    /// <summary>How many terms <c>splade_encode</c> and <c>splade_explain</c> list where a call does not say.</summary>
    /// <value>At least 1; <see cref="MaxTop"/>, if that is less. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int DefaultTerms { get; init => field = AtLeastOne(value, nameof(DefaultTerms)); } = ToolDefaults.Terms;

    /// <summary>How many hits <c>hybrid_search</c> returns where a call does not say.</summary>
    /// <value>At least 1; <see cref="MaxTop"/>, if that is less. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int DefaultHits { get; init => field = AtLeastOne(value, nameof(DefaultHits)); } = ToolDefaults.Hits;

    /// <summary>How many texts <c>splade_compare</c> takes in one call.</summary>
    /// <value>At least 1. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxDocuments { get; init => field = AtLeastOne(value, nameof(MaxDocuments)); } = ToolDefaults.MaxDocuments;

    /// <summary>How many terms explain each text of <c>splade_compare</c> and each hit of <c>hybrid_search</c>.</summary>
    /// <value>At least 1. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Reasons { get; init => field = AtLeastOne(value, nameof(Reasons)); } = ToolDefaults.Reasons;

    /// <summary>How many characters of each text <c>splade_compare</c> and <c>hybrid_search</c> show, about.</summary>
    /// <value>At least 1. The default is 300.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int ExcerptLength { get; init => field = AtLeastOne(value, nameof(ExcerptLength)); } = ToolDefaults.ExcerptLength;

    /// <summary>How many characters of a passage <c>read_passage</c> returns. What is beyond is reported as <c>truncated</c>.</summary>
    /// <value>At least 1. The default is 8,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxPassageLength { get; init => field = AtLeastOne(value, nameof(MaxPassageLength)); } = ToolDefaults.MaxPassageLength;

    /// <summary>Where failures are logged with their reasons, which models are not told.</summary>
    /// <value>The default is null: where the engine logs.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    private static bool IsNamePart(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix, nameof(NamePrefix));
        return prefix.Length <= ToolNames.MaxPrefixLength && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
