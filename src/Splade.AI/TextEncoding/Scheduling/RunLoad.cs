namespace Splade.AI.TextEncoding.Scheduling;

/// <summary>How much there was to do when a run was started: a lone run may take all processors, one of several should leave them to the others.</summary>
internal enum RunLoad
{
    /// <summary>No other batch was running or queued, or only long calls were, and it is the one run of short ones.</summary>
    Lone,

    /// <summary>Others like it were running or queued.</summary>
    Busy,
}
