namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>How much there was to do when a run was started: a lone run may take all processors, one of several should leave them to the others.</summary>
internal enum RunLoad
{
    /// <summary>No other batch was running or queued.</summary>
    Lone,

    /// <summary>Other batches were running or queued.</summary>
    Busy,
}
