namespace Splade.Cli.Evaluation;

/// <summary>Which documents with the id of a query are left out of what is found for it.</summary>
internal enum IdenticalIds
{
    /// <summary>Those that have the query's text too: the query itself.</summary>
    SameText,

    /// <summary>All, as BEIR does.</summary>
    Always,

    Never,
}
