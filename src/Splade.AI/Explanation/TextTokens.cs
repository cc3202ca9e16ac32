using System.Diagnostics;
using Splade.AI.Tokenization;

namespace Splade.AI.Explanation;

/// <summary>The tokens that were read of a text, each with the part of the text that it stands for: all that an explanation knows of it. Immutable.</summary>
internal sealed class TextTokens
{
    private readonly TextToken[] _tokens;
    private readonly TextWindows? _windows;

    private TextTokens(string text, TextToken[] tokens, int[] idsOfText)
    {
        Text = text;
        _tokens = tokens;
        IdsOfText = idsOfText;
    }

    private TextTokens(string text, TextToken[] tokens, TextWindows windows)
        : this(text, tokens, windows.TextIds()) => _windows = windows;

    /// <summary>The text by itself, without a prompt.</summary>
    public string Text { get; }

    /// <summary>The tokens, in the order that positions count: of a text in windows each once, those of the template and of the prompt too.</summary>
    public ReadOnlySpan<TextToken> Tokens => _tokens;

    public int Count => _tokens.Length;

    /// <summary>Whether the text's end was not read.</summary>
    public bool Truncated { get; private init; }

    /// <summary>All ids.</summary>
    public int[] Ids => Array.ConvertAll(_tokens, t => t.Id);

    /// <summary>The ids that stand for the text itself, the same as encoding keeps for a policy.</summary>
    public int[] IdsOfText { get; }

    /// <summary>How many runs the model takes to read the text: 1 but for a long text with a sliding window.</summary>
    public int WindowCount => _windows?.Count ?? 1;

    /// <summary>Reads a text that a prompt is put before, up to a limit.</summary>
    public static TextTokens Read(Tokenizer tokenizer, string prompt, string text, TokenizationOptions options)
    {
        TokenizedText read = tokenizer.Encode(prompt + text, options);
        TextToken[] tokens = Place(tokenizer, prompt, text, options, read.Ids, read.Offsets);
        return new TextTokens(text, tokens, TextIds.After(prompt.Length, read.Ids, read.Offsets)) { Truncated = read.Truncated };
    }

    /// <summary>Reads all of a text that a prompt is put before, in windows.</summary>
    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="prompt">The prompt, which is in every window.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">How to tokenize; the limit is that of a window.</param>
    /// <param name="overlap">How many tokens neighbouring windows share at least; null for the default.</param>
    /// <exception cref="ArgumentException">The prompt leaves the windows no room.</exception>
    public static TextTokens ReadInWindows(Tokenizer tokenizer, string prompt, string text, TokenizationOptions options, int? overlap)
    {
        var buffer = new TokenBuffer();
        var windows = TextWindows.Cut(tokenizer, buffer, prompt, text, options, overlap);
        return new TextTokens(text, Place(tokenizer, prompt, text, options, buffer.Ids, buffer.Offsets), windows);
    }

    /// <summary>The positions of the tokens that one run of the model reads, in the order in which it does.</summary>
    public int[] PositionsOf(int window) => _windows?.Positions(window) ?? [.. Enumerable.Range(0, Count)];

    /// <summary>A token as the source of a term.</summary>
    public TermSource Source(int position, float activation) => new(position, _tokens[position].Span, activation);

    private static TextToken[] Place(
        Tokenizer tokenizer, string prompt, string text, TokenizationOptions options, ReadOnlySpan<int> ids, ReadOnlySpan<TokenOffset> offsets)
    {
        (int before, int after) = options.AddSpecialTokens ? (tokenizer.Template.BeforeCount, tokenizer.Template.AfterCount) : (0, 0);
        var tokens = new TextToken[ids.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            bool isOfTemplate = i < before || i >= tokens.Length - after;
            tokens[i] = isOfTemplate
                ? new TextToken(ids[i], IsOfText: false, Span: null)
                : Place(ids[i], offsets[i], tokenizer, prompt.Length, text);
        }

        return tokens;
    }

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
