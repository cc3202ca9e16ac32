using System.Collections.ObjectModel;

namespace Splade.AI.Hybrid;

/// <summary>The rules of what is known of a record.</summary>
internal static class RecordMetadata
{
    /// <summary>The metadata; an empty dictionary for null.</summary>
    /// <exception cref="ArgumentException">A value is null.</exception>
    public static IReadOnlyDictionary<string, MetadataValue> Check(IReadOnlyDictionary<string, MetadataValue>? metadata, string parameter)
    {
        foreach ((string name, MetadataValue value) in metadata ?? ReadOnlyDictionary<string, MetadataValue>.Empty)
        {
            if (value is null)
            {
                throw new ArgumentException($"The metadata '{name}' is null. Leave out what is not known.", parameter);
            }
        }

        return metadata ?? ReadOnlyDictionary<string, MetadataValue>.Empty;
    }

    /// <summary>Whether two records are known by the same.</summary>
    public static bool AreEqual(IReadOnlyDictionary<string, MetadataValue> left, IReadOnlyDictionary<string, MetadataValue> right) =>
        left.Count == right.Count && left.All(item => right.TryGetValue(item.Key, out MetadataValue? value) && item.Value.Equals(value));
}
