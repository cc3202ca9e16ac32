using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Data;
using Splade.AI.Hybrid;

namespace Splade.SemanticKernel.TextSearch;

/// <summary>Represents the options of a text search: how it ranks, and what it cites.</summary>
/// <remarks>They are copied by whatever is made with them: later changes change nothing there.</remarks>
[Experimental("SKEXP0001", UrlFormat = "https://aka.ms/semantic-kernel-experimental")]
public sealed class SpladeTextSearchOptions
{
    /// <summary>Gets or sets what is ranked by.</summary>
    /// <value>The default is <see cref="SearchMode.Hybrid"/>.</value>
    public SearchMode Mode { get; set; }

    /// <summary>Gets or sets the number of candidates that each side gives to the fusion; <c>Top</c> of the search, if that is more.</summary>
    /// <remarks>
    /// Pages that end within so many texts are cut from one ranking, that of the retriever with as many candidates. Behind its texts come those that a
    /// search with four times as many candidates finds besides, in its order, then those of sixteen times as many, and so on until nothing is left: pages
    /// of one size neither repeat a text nor lose one as long as nobody writes, but from one such part to the next the scores may rise again. Other sizes
    /// above this number are rankings of their own. Give as many as users page through to have one ranking of all.
    /// </remarks>
    /// <value>At least 1. The default is 100.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Candidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Candidates));
            field = value;
        }
    } = new HybridRetrievalOptions().Candidates;

    /// <summary>Gets or sets the fusion of the two sides in <see cref="SearchMode.Hybrid"/>.</summary>
    /// <value>The default is <see cref="HybridFusion.Default"/>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HybridFusion Fusion
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Fusion));
    } = HybridFusion.Default;

    /// <summary>Gets or sets the condition for stored texts to be found at all, by their metadata, for example those of one customer.</summary>
    /// <remarks>It is part of the search itself. The filters of single calls look at what the search has ranked.</remarks>
    /// <value>The default is null: all.</value>
    public MetadataFilter? Filter { get; set; }

    /// <summary>Gets or sets the number of the best texts that the retriever's reranker reads, if it has one.</summary>
    /// <value>At least 0, which leaves the reranker out. The default is 50.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int RerankCandidates
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(RerankCandidates));
            field = value;
        }
    } = new HybridRetrievalOptions().RerankCandidates;

    /// <summary>Gets or sets the key of the metadata that has a text's name. A text without it is called by its id.</summary>
    /// <value>The default is <c>title</c>.</value>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string NameKey { get; set => field = NotEmpty(value, nameof(NameKey)); } = "title";

    /// <summary>Gets or sets the key of the metadata that has a text's link.</summary>
    /// <value>The default is <c>source</c>.</value>
    /// <exception cref="ArgumentException">The value is null or empty.</exception>
    public string LinkKey { get; set => field = NotEmpty(value, nameof(LinkKey)); } = "source";

    /// <summary>Gets or sets what makes the text of a record.</summary>
    /// <value>The default is null: the property with <see cref="TextSearchResultValueAttribute"/>, or else the stored text.</value>
    public ITextSearchStringMapper? StringMapper { get; set; }

    /// <summary>Gets or sets what makes text, name and link of a record.</summary>
    /// <value>
    /// The default is null: the properties with <see cref="TextSearchResultValueAttribute"/>, <see cref="TextSearchResultNameAttribute"/> and
    /// <see cref="TextSearchResultLinkAttribute"/>, or else the stored text and what <see cref="NameKey"/> and <see cref="LinkKey"/> say.
    /// </value>
    public ITextSearchResultMapper? ResultMapper { get; set; }

    /// <summary>Creates a copy.</summary>
    /// <returns>Options that change without these.</returns>
    public SpladeTextSearchOptions Clone() => (SpladeTextSearchOptions)MemberwiseClone();

    private static string NotEmpty(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }
}
