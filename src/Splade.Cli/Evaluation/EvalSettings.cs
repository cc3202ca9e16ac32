using Splade.Cli.Terminal;

namespace Splade.Cli.Evaluation;

/// <summary>What `splade eval` was asked for.</summary>
internal sealed record EvalSettings
{
    /// <summary>The folder of the test collection.</summary>
    public required string Data { get; init; }

    /// <summary>The file of the judgments; null for the collection's own.</summary>
    public string? Qrels { get; init; }

    /// <summary>The sparse models, each a leg of the search.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The dense model; null for none.</summary>
    public string? Dense { get; init; }

    /// <summary>Runs to read and compare.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Where to write runs; null for nowhere.</summary>
    public string? RunOut { get; init; }

    /// <summary>Where to draw the comparison; null for nowhere.</summary>
    public string? Chart { get; init; }

    /// <summary>How many documents each system returns for a query.</summary>
    public required int Depth { get; init; }

    /// <summary>Which documents with a query's id are left out for it.</summary>
    public IdenticalIds IdenticalIds { get; init; }

    /// <summary>How many queries to evaluate; null for all.</summary>
    public int? Queries { get; init; }

    /// <summary>Whether the result is written for programs.</summary>
    public bool Json { get; init; }

    /// <summary>What the models run on.</summary>
    public required EngineSettings Engine { get; init; }
}
