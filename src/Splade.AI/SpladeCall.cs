using Splade.AI.ModelFiles;
using Splade.AI.Onnx;

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
        InputType = options.InputType ?? SpladeInputType.Document;
        LooksUp = InputType == SpladeInputType.Query && parts.Queries is not null;
        Prompt = parts.Model.Files.PromptFor(InputType, options.Prompt, options.PromptName);
        _maxTokens = options.MaxTokens;
        _maxActiveDimensions = options.MaxActiveDimensions ?? parts.Options.MaxActiveDimensions;
        TokenLimit.Require(options.MaxTokens, parts.Model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxTokens ?? int.MaxValue, parts.Tokenizer.SpecialTokenCount + 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_maxActiveDimensions ?? 1, 1, nameof(options));
    }

    public SpladeInputType InputType { get; }

    /// <summary>Whether the texts are queries that need no model.</summary>
    public bool LooksUp { get; }

    public string Prompt { get; }

    public int MaxTokens => _maxTokens ?? _parts.Settings.MaxTokens;

    public EncodedText<SparseVector> LookUp(string text) => _parts.Queries!.Encode(Prompt + text, _maxTokens);

    public SpladeEncoding Finish(EncodedText<SparseVector> encoded)
    {
        SparseVector vector = _parts.Options.DropSpecialTokens ? encoded.Vector.Without(_parts.Tokenizer.SpecialTokenIds) : encoded.Vector;
        vector = _maxActiveDimensions is int count ? vector.TopK(count) : vector;
        return new SpladeEncoding(vector, encoded.TokenCount, encoded.Truncated);
    }
}
