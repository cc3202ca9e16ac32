using System.Diagnostics;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>The tokens that were read of a text, each with the part of the text that it stands for. Immutable.</summary>
/// <remarks>All that an explanation knows of how a text was read: whoever reads it in another way, as in windows, makes these.</remarks>
/// <param name="text">The text by itself, without a prompt.</param>
/// <param name="tokens">The tokens, in the order that positions count.</param>
/// <param name="truncated">Whether the text's end was not read.</param>
internal sealed class TextTokens(string text, TextToken[] tokens, bool truncated)
{
    public string Text => text;

    public ReadOnlySpan<TextToken> Tokens => tokens;

    public int Count => tokens.Length;

    public bool Truncated => truncated;

    /// <summary>The ids, as the model takes them.</summary>
    public int[] Ids => Array.ConvertAll(tokens, t => t.Id);

    /// <summary>Those of them that are of the text itself.</summary>
    public int[] IdsOfText => [.. tokens.Where(t => t.IsOfText).Select(t => t.Id)];

    /// <summary>Reads a text that a prompt is put before.</summary>
    public static TextTokens Read(Tokenizer tokenizer, string prompt, string text, TokenizationOptions options)
    {
        TokenizedText read = tokenizer.Encode(prompt + text, options);
        (int before, int after) = options.AddSpecialTokens
            ? (tokenizer.Template.BeforeCount, tokenizer.Template.AfterCount)
            : (0, 0);
        var tokens = new TextToken[read.Count];
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isOfTemplate = i < before || i >= tokens.Length - after;
            tokens[i] = isOfTemplate
                ? new TextToken(read.Ids[i], IsOfText: false, Span: null)
                : Place(read.Ids[i], read.Offsets[i], tokenizer, prompt.Length, text);
        }

        return new TextTokens(text, tokens, read.Truncated);
    }

    /// <summary>A token as the source of a term.</summary>
    public TermSource Source(int position, float activation) => new(position, tokens[position].Span, activation);

    // A token that begins in the prompt and ends in the text is of the text, as far as it reaches into it.
    private static TextToken Place(int id, TokenOffset offset, Tokenizer tokenizer, int promptLength, string text)
    {
        Debug.Assert(offset.End <= promptLength + text.Length, "Offsets lie in what was read.");
        int start = Math.Max(offset.Start - promptLength, 0);
        int end = offset.End - promptLength;
        bool isOfText = promptLength == 0 || end > 0;
        return new TextToken(id, isOfText, isOfText ? Trim(new TokenOffset(start, end), tokenizer.ReadableText(id), text) : null);
    }

    // White space that a token takes along is none of its own, and a mark put before the text stands for nothing in it.
    private static TokenOffset? Trim(TokenOffset span, string token, string text)
    {
        ReadOnlySpan<char> source = text.AsSpan(span.Start, span.End - span.Start);
        ReadOnlySpan<char> trimmed = source.TrimStart();
        if (trimmed.IsEmpty)
        {
            return source.IsEmpty ? null : span;
        }

        int start = span.End - trimmed.Length;
        return string.IsNullOrWhiteSpace(token) ? null : new TokenOffset(start, start + trimmed.TrimEnd().Length);
    }
}
