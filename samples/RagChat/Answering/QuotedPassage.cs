namespace RagChat.Answering;

/// <summary>A passage as a chat client finds it in its prompt.</summary>
/// <param name="Citation">How it is to be cited, brackets included.</param>
/// <param name="About">The article's title and the headings above the passage.</param>
/// <param name="Text">What it says.</param>
internal sealed record QuotedPassage(string Citation, string About, string Text);
