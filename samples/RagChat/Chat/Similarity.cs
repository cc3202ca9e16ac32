namespace RagChat.Chat;

/// <summary>How close a text comes to a question.</summary>
/// <param name="Sparse">The cosine of the sparse vectors: do they share words, said or implied?</param>
/// <param name="Dense">The cosine of the dense vectors: do they mean similar things?</param>
internal readonly record struct Similarity(float Sparse, float Dense)
{
    public float Sum => Sparse + Dense;
}
