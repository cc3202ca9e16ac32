using Splade.AI.Explanation;
using Splade.Cli.Terminal;

namespace Splade.Cli.Commands;

/// <summary>What `splade explain` was asked for.</summary>
internal sealed record ExplainSettings
{
    public required string Folder { get; init; }

    /// <summary>The texts of the command line: none, one to explain, or a query and a document.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Where texts are read from if there are none on the command line.</summary>
    public required string Input { get; init; }

    public required string Output { get; init; }

    /// <summary>The file for the page of HTML; null if none is wanted.</summary>
    public required string? Html { get; init; }

    public required bool Json { get; init; }

    public required ColorMode Color { get; init; }

    /// <summary>How many terms are listed; null for all in JSON, and for as many as a person would read elsewhere.</summary>
    public required int? Top { get; init; }

    public required ExplanationOptions Explanation { get; init; }

    public required EngineSettings Engine { get; init; }
}
