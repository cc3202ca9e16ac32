namespace Splade.AI.Explanation;

/// <summary>Represents an explanation as people read it, part by part, for programs that draw it in a way of their own. Immutable.</summary>
/// <remarks>Nothing in it controls a terminal, whatever the texts have.</remarks>
public sealed record ExplanationReport
{
    /// <summary>Gets the explanation in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets what a reader should know beside it, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets the texts with the words highlighted that terms come from: of a match the query and the document, as far as they are known.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<ReportRun> Runs)> Texts { get; init; } = [];

    /// <summary>Gets the titles of the table's columns; null if there are no terms.</summary>
    public ReportRow? Heading { get; init; }

    /// <summary>Gets the rows of the table: the terms, the most important first, and what they and those that are not listed add up to.</summary>
    public IReadOnlyList<ReportRow> Rows { get; init; } = [];

    /// <summary>Gets what the signs in the table mean.</summary>
    public IReadOnlyList<ReportRun> Legend { get; init; } = [];

    /// <summary>Gets what else there is to say, as paragraphs: query terms that the document lacks, for example.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
