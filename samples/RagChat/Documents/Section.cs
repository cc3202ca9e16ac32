namespace RagChat.Documents;

/// <summary>A stretch of an article under one heading.</summary>
/// <param name="Headings">The headings above it, outermost first, without the article's title; empty before the first heading.</param>
/// <param name="Text">Plain text: blocks apart by a blank line, one line per list item and table row.</param>
internal sealed record Section(IReadOnlyList<string> Headings, string Text);
