using System.Buffers;
using Microsoft.ML.Tokenizers;
using Splade.AI;
using Splade.AI.Tokenization;
using MLTokenizer = Microsoft.ML.Tokenizers.Tokenizer;
using SparseTokenizer = Splade.AI.Tokenization.Tokenizer;

namespace Splade.SemanticKernel;

/// <summary>Represents a model's tokenizer as one of Microsoft.ML.Tokenizers, so that chunkers count the tokens that the model reads.</summary>
/// <remarks>
/// <para>
/// Immutable and safe for concurrent use. Ids are those of the engine, which equal Hugging Face's. Offsets are places in the text itself: there
/// is no normalized text, and what a caller says of normalization and pre-tokenization changes nothing, since the ids would be others.
/// </para>
/// <para>
/// A chunk may have <see cref="SpladeEngine.MaxTokens"/> less <see cref="SparseTokenizer.SpecialTokenCount"/> tokens, for most models 510: the
/// defaults of chunkers are larger, and their chunks would be cut.
/// </para>
/// </remarks>
public sealed class SpladeTokenizer : MLTokenizer
{
    private readonly SparseTokenizer _tokenizer;
    private readonly TokenizationOptions _options;

    /// <summary>Initializes a new instance of the <see cref="SpladeTokenizer"/> class over a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer, such as <see cref="SpladeEngine.Tokenizer"/>.</param>
    /// <param name="addSpecialTokens">
    /// Whether the tokens that the model expects around a text are added and counted. A limit must leave room for them. Chunkers count parts of one
    /// chunk, so leave it false for them.
    /// </param>
    /// <param name="specialTokensInText">
    /// Whether a special token written out in the text is that token, as <see cref="TokenizationOptions.SpecialTokensInText"/>.
    /// </param>
    public SpladeTokenizer(SparseTokenizer tokenizer, bool addSpecialTokens = false, bool specialTokensInText = true)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _options = new TokenizationOptions { AddSpecialTokens = addSpecialTokens, SpecialTokensInText = specialTokensInText };
    }

    /// <inheritdoc/>
    /// <remarks>Special tokens are left out, and what a normalizer took away, such as capitals, does not come back.</remarks>
    public override string Decode(IEnumerable<int> ids) => _tokenizer.Decode(ids);

    /// <inheritdoc/>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] all = [.. ids];
        string text = _tokenizer.Decode(all);
        idsConsumed = all.Length;
        if (text.Length > destination.Length)
        {
            idsConsumed = CountFitting(all, destination.Length);
            text = _tokenizer.Decode(all[..idsConsumed]);
        }

        text.CopyTo(destination);
        charsWritten = text.Length;
        return idsConsumed == all.Length ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> read = text ?? textSpan;
        TokenBuffer tokens = Encode(read, RequireRoom(settings.MaxTokenCount));
        var encoded = new EncodedToken[tokens.Count];
        for (int i = 0; i < encoded.Length; i++)
        {
            (int id, TokenOffset span) = (tokens.Ids[i], tokens.Offsets[i]);
            encoded[i] = new EncodedToken(id, _tokenizer.Vocabulary[id], span.Start..span.End);
        }

        return new EncodeResults<EncodedToken> { Tokens = encoded, CharsConsumed = Consumed(tokens, read) };
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        ReadOnlySpan<char> read = text ?? textSpan;
        TokenBuffer tokens = Encode(read, RequireRoom(settings.MaxTokenCount));
        return new EncodeResults<int> { Tokens = tokens.Ids.ToArray(), CharsConsumed = Consumed(tokens, read) };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        Encode(text ?? textSpan, RequireRoom(settings.MaxTokenCount)).Count;

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        ReadOnlySpan<char> read = text ?? textSpan;
        normalizedText = null;
        (int index, int count) = Cut(read, RequireRoom(settings.MaxTokenCount), fromEnd);
        tokenCount = count + Around;
        return index;
    }

    /// <summary>How many tokens the model's template adds.</summary>
    private int Around => _options.AddSpecialTokens ? _tokenizer.SpecialTokenCount : 0;

    /// <exception cref="ArgumentOutOfRangeException">The limit is below what the template alone has. The name is that of the callers' parameter.</exception>
    private int RequireRoom(int maxTokenCount) => maxTokenCount >= Around
        ? maxTokenCount
        : throw new ArgumentOutOfRangeException(
            nameof(maxTokenCount), maxTokenCount, $"Expected at least {Around}: so many special tokens are added around a text, and they count.");

    private TokenBuffer Encode(ReadOnlySpan<char> text, int maxTokens)
    {
        var tokens = new TokenBuffer();
        _tokenizer.Encode(text, tokens, _options with { MaxTokens = maxTokens });
        return tokens;
    }

    /// <summary>How much of the text the tokens stand for.</summary>
    private int Consumed(TokenBuffer tokens, ReadOnlySpan<char> text) => tokens.Truncated ? Cut(text, tokens.Count, fromEnd: false).Index : text.Length;

    // The token behind the cut says how far the one before it goes, so the whole text is read.
    private (int Index, int Count) Cut(ReadOnlySpan<char> text, int maxTokens, bool fromEnd)
    {
        var tokens = new TokenBuffer();
        _tokenizer.Encode(text, tokens, _options with { AddSpecialTokens = false });
        var cut = new TokenCut(tokens.Offsets, maxTokens - Around);
        return fromEnd ? cut.FromEnd(text.Length) : cut.FromStart(text.Length);
    }

    /// <summary>The most ids, from the first on, whose text has no more than a number of characters.</summary>
    private int CountFitting(int[] ids, int length)
    {
        int fits = 0, tooMany = ids.Length;
        while (tooMany - fits > 1)
        {
            int middle = fits + (tooMany - fits) / 2;
            bool isFitting = _tokenizer.Decode(ids[..middle]).Length <= length;
            (fits, tooMany) = isFitting ? (middle, tooMany) : (fits, middle);
        }

        return fits;
    }
}
