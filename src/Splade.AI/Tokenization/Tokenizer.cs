using Splade.AI.Tokenization.Loading;

namespace Splade.AI.Tokenization;

/// <summary>Turns text into the ids that a model takes, and tells which part of the text each id stands for.</summary>
/// <remarks>
/// Immutable and safe for concurrent use: a tokenizer keeps nothing between calls. Ids and offsets equal those of Hugging Face's
/// <c>tokenizers</c> for the same <c>tokenizer.json</c>. A lone surrogate, which Hugging Face cannot be given, counts as U+FFFD.
/// </remarks>
public abstract partial class Tokenizer
{
    private readonly AddedTokenMatcher _addedTokens;
    private readonly AddedTokenMatcher _normalizedTokens;
    private readonly TokenTemplate _template;
    private readonly Lazy<PairTemplate> _pairs;
    private readonly OffsetTrimmer? _trimmer;
    private readonly TokenSpelling _spelling;
    private readonly HashSet<int> _specialTokenIds;

    private protected Tokenizer(TokenizerParts parts)
    {
        Vocabulary = parts.Vocabulary;
        _addedTokens = parts.AddedTokens;
        _normalizedTokens = parts.NormalizedTokens;
        _template = parts.Template;
        _pairs = parts.Pairs;
        _trimmer = parts.Trimmer;
        _spelling = parts.Spelling;
        Facts = parts.Facts;
        SpecialTokenIds = [.. parts.AddedTokens.SpecialIds.Concat(parts.NormalizedTokens.SpecialIds).Distinct().Order()];
        _specialTokenIds = [.. SpecialTokenIds];
    }

    /// <summary>Gets the tokens by id.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>
    /// Gets the ids of the special tokens, such as <c>[CLS]</c>, <c>[PAD]</c> or <c>&lt;s&gt;</c>: those that <c>tokenizer.json</c> marks so, ascending.
    /// </summary>
    public IReadOnlyList<int> SpecialTokenIds { get; }

    /// <summary>Gets how many tokens the model's template puts around a text, for BERT two.</summary>
    public int SpecialTokenCount => _template.Count;

    /// <summary>What its file says that other files of a model may contradict.</summary>
    internal TokenizerFacts Facts { get; }

    /// <summary>What the model expects around a text.</summary>
    internal TokenTemplate Template => _template;

    /// <summary>What the model expects around and between two texts.</summary>
    /// <exception cref="SpladeModelException">Its file has none, or one that is not supported.</exception>
    internal PairTemplate PairTemplate => _pairs.Value;

    /// <summary>Reads a tokenizer from the <c>tokenizer.json</c> of a model, or from the <c>vocab.txt</c> of a BERT model that has no such file.</summary>
    /// <remarks>
    /// Supported are WordPiece, BPE, over bytes or characters, and Unigram models, as BERT, RoBERTa, ModernBERT and XLM-R have them, with
    /// nearly all normalizers, pre-tokenizers and post-processors, and added tokens with all their flags. The file's <c>truncation</c>
    /// and <c>padding</c> are ignored: <see cref="TokenizationOptions.MaxTokens"/> decides, and nothing is padded.
    /// Beside <c>vocab.txt</c> the settings of <c>tokenizer_config.json</c> count, as in transformers' <c>BertTokenizer</c>.
    /// </remarks>
    /// <param name="tokenizerJsonPath">Path of the file.</param>
    /// <exception cref="ArgumentException"><paramref name="tokenizerJsonPath"/> is null or empty.</exception>
    /// <exception cref="SpladeModelException">The file cannot be read, is malformed, or asks for something not supported.</exception>
    public static Tokenizer Load(string tokenizerJsonPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(tokenizerJsonPath);
        return TokenizerLoader.Load(tokenizerJsonPath);
    }

    /// <summary>Tokenizes a text into a buffer that the caller uses again and again. Allocates nothing once the buffer has grown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Takes the tokens; what it held before is gone.</param>
    /// <param name="options">How to tokenize.</param>
    /// <exception cref="ArgumentNullException"><paramref name="destination"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="TokenizationOptions.MaxTokens"/> leaves no room for the template's own tokens.
    /// </exception>
    public void Encode(ReadOnlySpan<char> text, TokenBuffer destination, TokenizationOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ThrowIfNoRoom(options);
        if (options.AddSpecialTokens)
        {
            int limit = options.MaxTokens - _template.AfterCount;
            destination.Begin(options.TruncatesLeft ? int.MaxValue : limit);
            _template.AppendBefore(destination);
            destination.BeginText();
            AppendText(text, options, limit, destination);
            _template.AppendAfter(destination);
        }
        else
        {
            destination.Begin(options.TruncatesLeft ? int.MaxValue : options.MaxTokens);
            AppendText(text, options, options.MaxTokens, destination);
        }
    }

    /// <summary>Tokenizes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How to tokenize.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="TokenizationOptions.MaxTokens"/> leaves no room for the template's own tokens.
    /// </exception>
    public TokenizedText Encode(string text, TokenizationOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new TokenBuffer();
        Encode(text, tokens, options);
        return new TokenizedText(tokens);
    }

    /// <summary>Counts the tokens that <see cref="Encode(string, TokenizationOptions)"/> would return.</summary>
    /// <remarks>It tokenizes the text, and allocates as that does. Keep a <see cref="TokenBuffer"/> where many texts are counted.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">How to tokenize.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <see cref="TokenizationOptions.MaxTokens"/> leaves no room for the template's own tokens.
    /// </exception>
    public int CountTokens(ReadOnlySpan<char> text, TokenizationOptions options = default)
    {
        var tokens = new TokenBuffer();
        Encode(text, tokens, options);
        return tokens.Count;
    }

    /// <summary>A token as people write it: without the marks of the vocabulary (<c>##</c>, <c>Ġ</c>, <c>▁</c>), and with its bytes decoded.</summary>
    /// <remarks>
    /// Two tokens may have the same text, for example the word <c>an</c> and the piece <c>##an</c>. A token for nothing but spaces has these for its
    /// text, and bytes that are no text by themselves are written as <c>&lt;0xE2&gt;</c>.
    /// </remarks>
    /// <param name="id">At least 0 and below the vocabulary's <see cref="Vocabulary.Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="id"/> is no id of the vocabulary.</exception>
    public string ReadableText(int id) => _spelling.Read(Vocabulary[id]);

    /// <summary>The text of tokens, as far as they tell: special tokens are left out, and what a normalizer took away does not come back.</summary>
    /// <remarks>
    /// Words of a WordPiece model have one space between them, punctuation too. Bytes that are no text come out as U+FFFD.
    /// </remarks>
    /// <param name="ids">Ids of the vocabulary, in the order of the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is no id of the vocabulary.</exception>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _spelling.Join(ids.Where(id => !IsSpecial(id)).Select(id => Vocabulary[id]));
    }

    /// <summary>Whether an id is one of <see cref="SpecialTokenIds"/>.</summary>
    internal bool IsSpecial(int id) => _specialTokenIds.Contains(id);

    /// <summary>Whether a token continues a word; null where tokens do not tell.</summary>
    internal bool? ContinuesWord(int id) => _spelling.Continues(Vocabulary[id]);

    /// <summary>Whether a token begins a word, as far as tokens tell: where no vocabulary mark says so, each might.</summary>
    internal bool BeginsWord(int id) => _spelling.Begins(Vocabulary[id]);

    /// <summary>Whether the normalized text need not be looked through for added tokens.</summary>
    private protected bool HasNoNormalizedTokens => _normalizedTokens.IsEmpty;

    /// <summary>Tokenizes a part of a text, possibly empty, that holds no added token as it is written.</summary>
    /// <remarks>It may stop once the buffer is overfull: the rest is cut anyway.</remarks>
    private protected abstract void AppendPart(
        ReadOnlySpan<char> text, int start, int end, bool withSpecialTokens, TokenBuffer destination);

    /// <summary>Tokenizes normalized text, possibly empty, that holds no added token.</summary>
    private protected abstract void AppendWords(AlignedText text, TokenBuffer destination);

    private void ThrowIfNoRoom(TokenizationOptions options)
    {
        if (options.AddSpecialTokens && options.MaxTokens < SpecialTokenCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.MaxTokens,
                $"MaxTokens is {options.MaxTokens}, but the model puts {SpecialTokenCount} tokens around every text. "
                + "Allow at least that many, or set AddSpecialTokens to false.");
        }
    }
}
