using Microsoft.Extensions.Logging;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>Represents the options of the functions for agents: which are offered, and how much they give.</summary>
/// <remarks>They are copied by whatever is made with them: later changes change nothing there.</remarks>
public sealed class SpladeAIToolsOptions
{
    /// <summary>Gets or sets the retriever that <c>hybrid_search</c> and <c>read_passage</c> work on.</summary>
    /// <remarks>
    /// Hits are told the terms that made them match if the sparse generator of the retriever is over the engine of the functions, decorated or
    /// not; a retriever over another engine works, without these terms.
    /// </remarks>
    /// <value>The default is null: these two functions are not there.</value>
    public HybridRetriever? Retriever { get; set; }

    /// <summary>
    /// Gets or sets what the texts of <see cref="Retriever"/> are about, for example <c>the handbook of a coffee machine maker</c>, so that a model
    /// knows when to search.
    /// </summary>
    /// <value>The default is null: the description of <c>hybrid_search</c> speaks of stored documents.</value>
    public string? CorpusDescription { get; set; }

    /// <summary>Gets or sets the keys of <see cref="HybridRecord.Metadata"/> that are given out with hits and passages. Others stay inside.</summary>
    /// <value>The default is <c>title</c> and <c>source</c>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IReadOnlyList<string> MetadataKeys
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(MetadataKeys));
            field = [.. value];
        }
    } = ["title", "source"];

    /// <summary>Gets or sets the beginning of the functions' names, so that one agent can have the functions of several engines or retrievers.</summary>
    /// <value>At most 50 ASCII letters, digits, <c>_</c> and <c>-</c>. The default is nothing.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">The value is longer, or has other characters.</exception>
    public string NamePrefix
    {
        get;
        set => field = IsNamePart(value) ? value : throw new ArgumentException(
            $"Found the prefix '{value}', expected at most {ToolTable.MaxPrefixLength} ASCII letters, digits, '_' and '-': chat services refuse other names.",
            nameof(NamePrefix));
    } = "";

    /// <summary>Gets or sets the most characters that are read of a text that a model gives. What is beyond is reported as <c>truncated</c>.</summary>
    /// <value>At least 1. The default is 20,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTextLength { get; set => field = AtLeastOne(value, nameof(MaxTextLength)); } = ToolDefaults.MaxTextLength;

    /// <summary>Gets or sets the longest list that a call can ask for. A larger <c>top</c> means this one.</summary>
    /// <value>At least 1. The default is 50.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxTop { get; set => field = AtLeastOne(value, nameof(MaxTop)); } = ToolDefaults.MaxTop;

    /// <summary>Gets or sets the number of terms that <c>splade_encode</c> and <c>splade_explain</c> list where a call does not say.</summary>
    /// <value>At least 1; <see cref="MaxTop"/>, if that is less. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int DefaultTerms { get; set => field = AtLeastOne(value, nameof(DefaultTerms)); } = ToolDefaults.Terms;

    /// <summary>Gets or sets the number of hits that <c>hybrid_search</c> returns where a call does not say.</summary>
    /// <value>At least 1; <see cref="MaxTop"/>, if that is less. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int DefaultHits { get; set => field = AtLeastOne(value, nameof(DefaultHits)); } = ToolDefaults.Hits;

    /// <summary>Gets or sets the most texts that <c>splade_compare</c> takes in one call.</summary>
    /// <value>At least 1. The default is 20.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxDocuments { get; set => field = AtLeastOne(value, nameof(MaxDocuments)); } = ToolDefaults.MaxDocuments;

    /// <summary>Gets or sets the number of terms that explain each text of <c>splade_compare</c> and each hit of <c>hybrid_search</c>.</summary>
    /// <value>At least 1. The default is 5.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Reasons { get; set => field = AtLeastOne(value, nameof(Reasons)); } = ToolDefaults.Reasons;

    /// <summary>Gets or sets the number of characters, about, that <c>splade_compare</c> and <c>hybrid_search</c> show of each text.</summary>
    /// <value>At least 1. The default is 300.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int ExcerptLength { get; set => field = AtLeastOne(value, nameof(ExcerptLength)); } = ToolDefaults.ExcerptLength;

    /// <summary>Gets or sets the most characters of a passage that <c>read_passage</c> returns. What is beyond is reported as <c>truncated</c>.</summary>
    /// <value>At least 1. The default is 8,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxPassageLength { get; set => field = AtLeastOne(value, nameof(MaxPassageLength)); } = ToolDefaults.MaxPassageLength;

    /// <summary>Gets or sets the log of failures, with the reasons that models are not told.</summary>
    /// <value>The default is null: where the engine logs.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Creates a copy.</summary>
    /// <returns>Options that change without these.</returns>
    public SpladeAIToolsOptions Clone() => (SpladeAIToolsOptions)MemberwiseClone();

    private static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    private static bool IsNamePart(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix, nameof(NamePrefix));
        return prefix.Length <= ToolTable.MaxPrefixLength && prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
    }
}
