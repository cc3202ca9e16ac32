namespace Splade.AI.Ingest;

/// <summary>Describes how far an ingestion is, or what it did in all. Immutable.</summary>
public sealed record IngestProgress
{
    /// <summary>Gets how many documents are done: all of their passages are in the store.</summary>
    public long Documents { get; init; }

    /// <summary>Gets how many of them the checkpoint knew, so that the store was not asked.</summary>
    public long Skipped { get; init; }

    /// <summary>Gets how many passages were encoded and stored.</summary>
    public long Added { get; init; }

    /// <summary>Gets how many passages the store had already.</summary>
    public long Unchanged { get; init; }

    /// <summary>Gets how many passages were taken out, since their document has changed or is gone.</summary>
    public long Removed { get; init; }

    /// <summary>Gets how many of the added passages were longer than a model reads.</summary>
    public long Truncated { get; init; }

    /// <summary>Gets how many documents there are; null if it is not known.</summary>
    public long? Total { get; init; }

    /// <summary>Gets the time since the beginning.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Gets how many passages were added, or found unchanged, a second.</summary>
    public double PassagesPerSecond => Elapsed > TimeSpan.Zero ? (Added + Unchanged) / Elapsed.TotalSeconds : 0;

    /// <summary>Gets the time that is left at the rate of documents so far, without those that were skipped; null if it is not known.</summary>
    public TimeSpan? TimeLeft => Total is long total && Documents > Skipped && Elapsed > TimeSpan.Zero
        ? TimeSpan.FromSeconds(Math.Max(0, total - Documents) * Elapsed.TotalSeconds / (Documents - Skipped))
        : null;
}
