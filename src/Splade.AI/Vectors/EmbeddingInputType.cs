namespace Splade.AI;

/// <summary>Specifies what a text is to the search: many models read queries and documents differently.</summary>
public enum EmbeddingInputType
{
    /// <summary>A text that is searched for. The default.</summary>
    Document,

    /// <summary>A text that searches.</summary>
    Query,
}
