namespace Splade.AI.Hybrid;

/// <summary>Specifies what a <see cref="MetadataFilter"/> asks.</summary>
public enum MetadataFilterKind
{
    /// <summary>Whether the field is one of <see cref="MetadataFilter.Values"/>.</summary>
    In,

    /// <summary>Whether the field is within <see cref="MetadataFilter.Range"/>.</summary>
    Range,

    /// <summary>Whether there is the field.</summary>
    Exists,

    /// <summary>Whether all of <see cref="MetadataFilter.Parts"/> match.</summary>
    All,

    /// <summary>Whether any of <see cref="MetadataFilter.Parts"/> matches.</summary>
    Any,

    /// <summary>Whether the only one of <see cref="MetadataFilter.Parts"/> does not match.</summary>
    Not,
}
