namespace RagChat.Answering;

/// <summary>An answer and what it rests on.</summary>
/// <param name="Text">The answer as the chat client gave it.</param>
/// <param name="Cited">The found passages that the text cites, in the order of their first citation.</param>
/// <param name="Retrieval">What the answer was made from.</param>
internal sealed record RagAnswer(string Text, IReadOnlyList<Source> Cited, Retrieval Retrieval)
{
    /// <summary>Whether the answer rests on a passage. One without any citation says that it does not know, or invents.</summary>
    public bool IsGrounded => Cited.Count > 0;
}
