using Splade.AI.Hybrid;

namespace Splade.AI.Ingest;

/// <summary>Represents a document of a source, before it is split into passages. Immutable.</summary>
public sealed class IngestDocument
{
    /// <summary>Initializes a new instance of the <see cref="IngestDocument"/> class.</summary>
    /// <param name="id">The name of the document in its source, not empty, the same each time.</param>
    /// <param name="text">The text.</param>
    /// <param name="metadata">What else is known, which all of its passages get; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a value of the metadata is null.</exception>
    public IngestDocument(string id, string text, IReadOnlyDictionary<string, MetadataValue>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(text);
        (Id, Text) = (id, text);
        Metadata = RecordMetadata.Check(metadata, nameof(metadata));
    }

    /// <summary>Gets the name of the document in its source.</summary>
    public string Id { get; }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Gets what else is known.</summary>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; }
}
