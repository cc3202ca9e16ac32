namespace Splade.AI.Hybrid;

/// <summary>A text to be encoded and stored.</summary>
public sealed class HybridText
{
    /// <summary>Creates a text.</summary>
    /// <param name="id">The name of its record in the store, not empty. A record of that name is replaced.</param>
    /// <param name="text">The text.</param>
    /// <param name="metadata">What else is known, for example the file the text is from; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="id"/> is empty, or a value of the metadata is null.</exception>
    public HybridText(string id, string text, IReadOnlyDictionary<string, MetadataValue>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(text);
        Id = id;
        Text = text;
        Metadata = RecordMetadata.Check(metadata, nameof(metadata));
    }

    /// <summary>Gets the name of its record in the store.</summary>
    public string Id { get; }

    /// <summary>Gets the text.</summary>
    public string Text { get; }

    /// <summary>Gets what else is known, for example the file the text is from.</summary>
    /// <value>The default is an empty dictionary.</value>
    public IReadOnlyDictionary<string, MetadataValue> Metadata { get; }
}
