namespace Splade.AI.Policy;

/// <summary>Specifies which vectors a <see cref="PolicyRule"/> is for.</summary>
public enum PolicyScope
{
    /// <summary>Those of documents and of queries. The default.</summary>
    Both,

    /// <summary>Those of documents only.</summary>
    Documents,

    /// <summary>Those of queries only.</summary>
    Queries,
}
