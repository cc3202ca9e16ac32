namespace Splade.AI.Tokenization;

/// <summary>
/// The windows of a text: runs of its tokens that overlap, each no longer than a model reads, with the tokens of the template and of the
/// prompt around it, as if it were a text of its own. Together they hold every token; a text that fits is one window.
/// </summary>
/// <remarks>
/// The text is tokenized once and cut between tokens: tokenized again, the text of a window might give other ids at its ends. This is a view
/// of the buffer with the tokens, valid until that is used again. Not safe for concurrent use.
/// </remarks>
internal sealed class TextWindows
{
    private readonly TokenBuffer _tokens;
    private readonly string _text;
    private readonly int _promptLength;
    private readonly int _head;
    private readonly int _tail;
    private readonly List<TokenWindow> _windows;

    private TextWindows(TokenBuffer tokens, string text, int promptLength, int before, int after, TokenizationOptions options, int? overlap)
    {
        _tokens = tokens;
        _text = text;
        _promptLength = promptLength;
        _tail = after;
        _head = before + CountPromptTokens(before);
        int body = tokens.Count - _head - _tail;
        _windows = tokens.Count <= options.MaxTokens ? [new TokenWindow(0, body)] : Cut(body, options.MaxTokens, overlap);
    }

    /// <summary>How many windows there are, at least one.</summary>
    public int Count => _windows.Count;

    /// <summary>How many tokens the text has, those of the template and of the prompt included. None counts twice.</summary>
    public int TokenCount => _tokens.Count;

    /// <summary>The tokens of a window, counted from the first that is not the template's or the prompt's.</summary>
    public TokenWindow this[int window] => _windows[window];

    /// <summary>Tokenizes a text, all of it, and cuts it.</summary>
    /// <param name="tokenizer">The tokenizer of the model.</param>
    /// <param name="tokens">Takes the tokens.</param>
    /// <param name="prompt">What is put before the text; its tokens are in every window. Empty for nothing.</param>
    /// <param name="text">The text.</param>
    /// <param name="options">How to tokenize; <see cref="TokenizationOptions.MaxTokens"/> is that of a window.</param>
    /// <param name="overlap">How many tokens neighbouring windows share at least; null for an eighth of a window.</param>
    /// <exception cref="ArgumentException">The prompt leaves a long text's windows no more tokens than they share.</exception>
    public static TextWindows Cut(
        Tokenizer tokenizer, TokenBuffer tokens, string prompt, string text, TokenizationOptions options, int? overlap = null)
    {
        string whole = prompt + text;
        tokenizer.Encode(whole, tokens, options with { MaxTokens = int.MaxValue });
        (int before, int after) = options.AddSpecialTokens ? (tokenizer.Template.BeforeCount, tokenizer.Template.AfterCount) : (0, 0);
        return new TextWindows(tokens, whole, prompt.Length, before, after, options, overlap);
    }

    /// <summary>Refuses windows that would share all of their tokens, or more.</summary>
    /// <param name="overlap">How many tokens neighbouring windows are to share; null for an eighth of a window.</param>
    /// <param name="size">The most tokens of a window.</param>
    /// <param name="parameter">The parameter to blame.</param>
    /// <exception cref="ArgumentOutOfRangeException">The overlap is as long as a window.</exception>
    public static void RequireOverlap(int? overlap, int size, string parameter)
    {
        if (overlap >= size)
        {
            throw new ArgumentOutOfRangeException(
                parameter,
                overlap,
                $"WindowOverlap is {overlap}, but a window takes at most {size} tokens of the text. Set it below that, or leave it unset for an eighth.");
        }
    }

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<TokenWindow> All => _windows;

    /// <summary>The ids of the text itself, without those of the template and of the prompt: what the windows count.</summary>
    public int[] TextIds() => _tokens.Ids[_head..^_tail].ToArray();

    /// <summary>The ids of a window, as a model takes them.</summary>
    public int[] Ids(int window) => [.. _tokens.Ids[.._head], .. BodyOf(window, _tokens.Ids), .. _tokens.Ids[^_tail..]];

    /// <summary>The place of each id of a window among all tokens of the text, those of the template and of the prompt included.</summary>
    public int[] Positions(int window)
    {
        (int start, int end) = _windows[window];
        return
        [
            .. Enumerable.Range(0, _head),
            .. Enumerable.Range(_head + start, end - start),
            .. Enumerable.Range(TokenCount - _tail, _tail),
        ];
    }

    /// <summary>The part of the text that each id of a window stands for, (0, 0) for those of the template and of the prompt.</summary>
    public TokenOffset[] Offsets(int window)
    {
        ReadOnlySpan<TokenOffset> sources = BodyOf(window, _tokens.Offsets);
        var offsets = new TokenOffset[_head + sources.Length + _tail];
        for (int i = 0; i < sources.Length; i++)
        {
            offsets[_head + i] = WithoutPrompt(sources[i]);
        }

        return offsets;
    }

    /// <summary>The part of the text from the first to the last token of a window; (0, 0) if it has none.</summary>
    public TokenOffset Span(int window)
    {
        ReadOnlySpan<TokenOffset> sources = BodyOf(window, _tokens.Offsets);
        if (sources.IsEmpty)
        {
            return default;
        }

        // Normalizers may change the places of marks, and so a later token may have an earlier source.
        (int start, int end) = (sources[0].Start, sources[0].End);
        foreach (TokenOffset source in sources)
        {
            start = Math.Min(start, source.Start);
            end = Math.Max(end, source.End);
        }

        return WithoutPrompt(new TokenOffset(start, end));
    }

    private ReadOnlySpan<T> BodyOf<T>(int window, ReadOnlySpan<T> tokens)
    {
        (int start, int end) = _windows[window];
        return tokens[(_head + start)..(_head + end)];
    }

    private List<TokenWindow> Cut(int body, int maxTokens, int? overlap)
    {
        int size = maxTokens - _head - _tail;
        int shared = overlap ?? WindowPlan.DefaultOverlap(size);
        if (size < 1 || shared >= size)
        {
            throw new ArgumentException(
                $"Of the {maxTokens} tokens of a window the prompt and the template take {_head + _tail}, which leaves {size} for the text, "
                + $"and neighbouring windows are to share {shared}. Shorten the prompt, allow more tokens, or lower WindowOverlap.");
        }

        return WindowPlan.Cut(body, size, shared, BeginsWord);
    }

    // A token that stands for the end of the prompt and the beginning of the text belongs to the text.
    private int CountPromptTokens(int before)
    {
        ReadOnlySpan<TokenOffset> sources = _tokens.Offsets[before..^_tail];
        int count = 0;
        while (_promptLength > 0 && count < sources.Length && sources[count].End <= _promptLength)
        {
            count++;
        }

        return count;
    }

    // Some tokenizers count the white space before a word as part of it. Of the bytes of one character, each a token, the first may begin one.
    private bool BeginsWord(int token)
    {
        ReadOnlySpan<TokenOffset> sources = _tokens.Offsets[_head..];
        int start = sources[token].Start;
        return start >= sources[token - 1].End && start > 0
            && (char.IsWhiteSpace(_text[start - 1]) || (start < _text.Length && char.IsWhiteSpace(_text[start])));
    }

    private TokenOffset WithoutPrompt(TokenOffset source) => new(Math.Max(0, source.Start - _promptLength), Math.Max(0, source.End - _promptLength));
}
