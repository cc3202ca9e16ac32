namespace Splade.AI.Hybrid;

/// <summary>Specifies what a <see cref="MetadataValue"/> is. In the order of sorting: values of one kind come before those of the next.</summary>
public enum MetadataKind
{
    /// <summary>A string, compared by ordinal.</summary>
    Text,

    /// <summary>A finite number of double precision.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A point in time, compared as such: the same one with another offset is equal.</summary>
    Date,

    /// <summary>Values of the other kinds.</summary>
    List,
}
