using Splade.AI.Explanation;
using Splade.AI.ModelFiles;
using Splade.AI.Onnx;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to a <see cref="SpladeEngine"/>: its options, checked and combined with those of the engine.</summary>
internal sealed class SpladeCall
{
    private readonly SpladeParts _parts;
    private readonly int? _maxTokens;
    private readonly int? _maxActiveDimensions;

    /// <exception cref="ArgumentException">The options ask for a prompt or a limit that the model does not have.</exception>
    public SpladeCall(SpladeParts parts, SpladeEncodingOptions options)
    {
        _parts = parts;
        SpladeInputType inputType = options.InputType ?? SpladeInputType.Document;
        LooksUp = inputType == SpladeInputType.Query && parts.Queries is not null;
        Prompt = parts.Model.Files.PromptFor(inputType, options.Prompt, options.PromptName);
        _maxTokens = options.MaxTokens;
        _maxActiveDimensions = options.MaxActiveDimensions ?? parts.Options.MaxActiveDimensions;
        TokenLimit.Require(options.MaxTokens, parts.Model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxTokens ?? int.MaxValue, parts.Tokenizer.SpecialTokenCount + 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxActiveDimensions ?? 1, 1, nameof(options));
    }

    /// <summary>Whether the texts are queries that need no model.</summary>
    public bool LooksUp { get; }

    public string Prompt { get; }

    /// <summary>The tokenizer that reads the texts.</summary>
    public Tokenizer Tokenizer => LooksUp ? _parts.Queries!.Tokenizer : _parts.Tokenizer;

    public int MaxTokens => _maxTokens ?? _parts.Settings.MaxTokens;

    public EncodedText<SparseVector> LookUp(string text) => _parts.Queries!.Encode(Prompt + text, _maxTokens);

    public SpladeEncoding Finish(EncodedText<SparseVector> encoded) => new(Finish(encoded.Vector), encoded.TokenCount, encoded.Truncated);

    /// <summary>What the options do to a vector that the model gave.</summary>
    public SparseVector Finish(SparseVector vector)
    {
        SparseVector kept = _parts.Options.DropSpecialTokens ? vector.Without(_parts.Tokenizer.SpecialTokenIds) : vector;
        return _maxActiveDimensions is int count ? kept.TopK(count) : kept;
    }

    /// <summary>The tokens that are read of a text.</summary>
    public TextTokens Tokenize(string text) => LooksUp
        ? TextTokens.Read(Tokenizer, Prompt, text, _parts.Queries!.Tokenization(_maxTokens))
        : TextTokens.Read(
            Tokenizer, Prompt, text, new TokenizationOptions { MaxTokens = MaxTokens, SpecialTokensInText = _parts.Settings.SpecialTokensInText });

    /// <summary>The tokens of a query that was looked up, as sources of its terms: each gives its own, whatever its place.</summary>
    public TermSources LookUpSources(TextTokens tokens, int mostTokens) => new()
    {
        ByTerm = tokens.Ids
            .Select((id, position) => (Id: id, Source: tokens.Source(position, _parts.Queries!.WeightOf(id))))
            .Where(t => t.Source.Activation > 0)
            .GroupBy(t => t.Id, t => t.Source)
            .ToDictionary(g => g.Key, g => g.Take(mostTokens).ToArray()),
    };
}
