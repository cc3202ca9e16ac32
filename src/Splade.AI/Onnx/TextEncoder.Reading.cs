using Splade.AI.Onnx.Scheduling;
using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

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
                _tokenizer.Encode(request.Prompt + texts[i], tokens, options);
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
            _tokenizer.Encode(request.Prompt + texts[i], tokens, options);
            if (tokens.Truncated)
            {
                _tokenizer.Encode(request.Prompt + texts[i], tokens, options with { MaxTokens = int.MaxValue });
                throw new TextTooLongException(i, tokens.Count, request.MaxTokens);
            }
        }
    }

    private TokenizationOptions OptionsOf(EncodingRequest request) => _settings.Tokenization with { MaxTokens = request.MaxTokens };
}
