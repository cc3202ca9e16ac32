namespace RagChat.Documents;

/// <summary>A piece of an article that fits into the models: what is searched for, quoted and cited.</summary>
/// <param name="Id">Unique among the passages of all articles: <c>article#heading</c>, with a number where one heading has several passages.</param>
/// <param name="ArticleId">The article that it is from.</param>
/// <param name="Context">The article's title and the headings above the passage: what it is about.</param>
/// <param name="Text">What is shown and quoted.</param>
internal sealed record Passage(string Id, string ArticleId, string Context, string Text)
{
    public string Citation => $"[{Id}]";

    /// <summary>What is encoded: title and headings often hold the very words of a question.</summary>
    public string TextToEncode => $"{Context}\n{Text}";
}
