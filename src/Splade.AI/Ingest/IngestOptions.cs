namespace Splade.AI.Ingest;

/// <summary>Provides the options of an <see cref="IngestPipeline"/>, which copies them.</summary>
public sealed class IngestOptions
{
    private const int DefaultWindow = 512;
    private const int DefaultBatchSize = 64;

    /// <summary>Gets or sets what cuts a document into passages. It is called by one thread, and should give the same for the same document.</summary>
    /// <value>The default is null: a document is one passage. <see cref="PassageSplitter.Split(IngestDocument)"/> cuts at paragraphs.</value>
    public Func<IngestDocument, IEnumerable<string>>? Split { get; set; }

    /// <summary>Gets or sets the field of metadata under which each passage keeps the id of its document; documents may not have it themselves.</summary>
    /// <value>The default is <c>document</c>.</value>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string DocumentField
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(DocumentField));
            field = value;
        }
    } = "document";

    /// <summary>
    /// Gets or sets how many passages may be on their way at once: on the way to be encoded, and not written yet. No more are encoded again after a run was
    /// killed, and memory does not grow beyond them and the batch that waits to follow. Where one stage is slow, those before it wait.
    /// </summary>
    /// <value>At least 1; with fewer than <see cref="BatchSize"/>, batches are as small. The default is 512.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Window
    {
        get;
        set => field = AtLeast1(value, nameof(Window));
    } = DefaultWindow;

    /// <summary>Gets or sets how many passages are looked up, encoded and written at once.</summary>
    /// <value>At least 1. The default is 64.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int BatchSize
    {
        get;
        set => field = AtLeast1(value, nameof(BatchSize));
    } = DefaultBatchSize;

    /// <summary>Gets or sets how many batches are looked up and encoded at a time. Two keep an engine busy while the store is asked.</summary>
    /// <value>At least 1. The default is 2.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Encoders
    {
        get;
        set => field = AtLeast1(value, nameof(Encoders));
    } = 2;

    /// <summary>Gets or sets how many batches are written at a time.</summary>
    /// <value>At least 1. The default is 2.</value>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Writers
    {
        get;
        set => field = AtLeast1(value, nameof(Writers));
    } = 2;

    /// <summary>
    /// Gets or sets the file that remembers which documents are done, so that a run that is done again passes over them without asking the store. Of each it
    /// has a hash of its content, its models and how it was cut.
    /// </summary>
    /// <remarks>
    /// Nothing is lost without it: the store knows what it has, and is asked. It belongs to one store, for one run at a time. The first document that it says is
    /// done is looked up: if the store does not have it, or is empty, the file is not believed, and begun anew. Delete it after others took some records out.
    /// </remarks>
    /// <value>The default is null, for none.</value>
    public string? Checkpoint { get; set; }

    /// <summary>Gets or sets a value indicating whether passages of documents that the source does not have any more are taken out, at the end of a whole run.</summary>
    /// <value>The default is false.</value>
    public bool RemoveMissing { get; set; }

    /// <summary>Gets or sets how many documents the source has, by which the time that is left is told.</summary>
    /// <value>The default is null, for not known.</value>
    public long? Total { get; set; }

    /// <summary>Creates a copy of these options.</summary>
    /// <returns>The copy, independent of this instance.</returns>
    public IngestOptions Clone() => (IngestOptions)MemberwiseClone();

    private static int AtLeast1(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }
}
