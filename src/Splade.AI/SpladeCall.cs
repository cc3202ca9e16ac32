using Splade.AI.ModelFiles;
using Splade.AI.Onnx;

namespace Splade.AI;

/// <summary>One call to a <see cref="SpladeEngine"/>: its options, checked and combined with those of the engine.</summary>
internal sealed class SpladeCall
{
    private readonly SpladeParts _parts;
    private readonly SpladeInputType _inputType;
    private readonly int? _maxTokens;
    private readonly int? _maxActiveDimensions;

    /// <exception cref="ArgumentException">The options ask for a prompt or a limit that the model does not have.</exception>
    public SpladeCall(SpladeParts parts, SpladeEncodingOptions options)
    {
        _parts = parts;
        _inputType = options.InputType ?? SpladeInputType.Document;
        LooksUp = _inputType == SpladeInputType.Query && parts.Queries is not null;
        Prompt = parts.Model.Files.PromptFor(_inputType, options.Prompt, options.PromptName);
        _maxTokens = options.MaxTokens;
        _maxActiveDimensions = options.MaxActiveDimensions ?? parts.Options.MaxActiveDimensions;
        TokenLimit.Require(options.MaxTokens, parts.Model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxTokens ?? int.MaxValue, parts.Tokenizer.SpecialTokenCount + 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxActiveDimensions ?? 1, 1, nameof(options));
    }

    /// <summary>Whether the texts are queries that need no model.</summary>
    public bool LooksUp { get; }

    public string Prompt { get; }

    public int MaxTokens => _maxTokens ?? _parts.Settings.MaxTokens;

    public EncodedText<SparseVector> LookUp(string text) => _parts.Queries!.Encode(Prompt, text, _maxTokens, _parts.Policy?.ReadsText(_inputType) == true);

    // The policy goes first: it cannot bring special tokens back, and what is kept in the end are the heaviest entries under it.
    public SpladeEncoding Finish(EncodedText<SparseVector> encoded)
    {
        SparseVector vector = _parts.Policy?.Apply(encoded.Vector, encoded.TextIds, _inputType) ?? encoded.Vector;
        vector = _parts.Options.DropSpecialTokens ? vector.Without(_parts.Tokenizer.SpecialTokenIds) : vector;
        vector = _maxActiveDimensions is int count ? vector.TopK(count) : vector;
        return new SpladeEncoding(vector, encoded.TokenCount, encoded.Truncated);
    }
}
