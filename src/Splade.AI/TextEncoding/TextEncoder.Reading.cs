using Splade.AI.TextEncoding.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.TextEncoding;

/// <content>From texts to the tokens that are run together.</content>
internal sealed partial class TextEncoder<TVector>
{
    /// <summary>Tokenizes the texts one after another, each when the one before has been taken: memory holds the tokens of one.</summary>
    private IEnumerable<QueuedText<TVector>> Read(IReadOnlyList<string> texts, EncodingRequest request, ScheduledCall<TVector> call)
    {
        TokenizationOptions options = OptionsOf(request);
        var tokens = new TokenBuffer();
        for (int i = 0; i < texts.Count; i++)
        {
            if (!request.HasWindows)
            {
                Tokenize(request.Prompt + texts[i], i, tokens, options);
                yield return call.CreateText(i, tokens, request.KeepsTextIds ? request.Prompt.Length : null);
                continue;
            }

            var windows = TextWindows.Cut(_tokenizer, tokens, request.Prompt, texts[i], options, request.WindowOverlap);
            var whole = new WindowedText<TVector>(windows, Merge!, request);
            for (int window = 0; window < windows.Count; window++)
            {
                yield return call.CreateWindow(i, whole, window, windows.Ids(window));
            }
        }
    }

    /// <exception cref="TextTooLongException">A text has more tokens than are read.</exception>
    private void RequireAllFit(IReadOnlyList<string> texts, EncodingRequest request, CancellationToken cancellationToken)
    {
        TokenizationOptions options = OptionsOf(request);
        var tokens = new TokenBuffer();
        for (int i = 0; i < texts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Tokenize(request.Prompt + texts[i], i, tokens, options);
            if (tokens.Truncated)
            {
                Tokenize(request.Prompt + texts[i], i, tokens, options with { MaxTokens = int.MaxValue });
                throw new TextTooLongException(i, tokens.Count, request.MaxTokens);
            }
        }
    }

    // No text should make it fail. Where one does, the others of the call are lost with it, and somebody must be able to find it.
    private void Tokenize(string text, int position, TokenBuffer tokens, TokenizationOptions options)
    {
        try
        {
            _tokenizer.Encode(text, tokens, options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw TokenizerFails(position, e);
        }
    }

    private static InvalidOperationException TokenizerFails(int position, Exception e) =>
        new($"The tokenizer fails on the text at position {position} of the call: {e.Message} Leave that text out, and report it.", e);

    private TokenizationOptions OptionsOf(EncodingRequest request) => _settings.Tokenization with { MaxTokens = request.MaxTokens };
}
