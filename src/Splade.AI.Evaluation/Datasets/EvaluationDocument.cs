namespace Splade.AI.Evaluation;

/// <summary>Represents a document of a test collection. Immutable.</summary>
/// <param name="Id">Its name, by which judgments and runs refer to it.</param>
/// <param name="Title">Its title; empty if it has none.</param>
/// <param name="Text">Its text.</param>
public sealed record EvaluationDocument(string Id, string Title, string Text)
{
    /// <summary>Gets the text to encode and to search: the title, a space and the text, or the text alone. BEIR's own evaluation does the same.</summary>
    public string FullText => Title.Length == 0 ? Text : $"{Title} {Text}";
}
