namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>Which calls a run is for: those that somebody waits for, or those that take long anyway.</summary>
internal enum Lane
{
    /// <summary>Calls of few tokens, such as a query.</summary>
    Short,

    /// <summary>All others, such as the documents of an index.</summary>
    Long,
}
