using Splade.AI.ModelFiles;
using Splade.AI.TextEncoding;
using Splade.AI.Tokenization;

namespace Splade.AI;

/// <summary>One call to a <see cref="SpladeEngine"/>: its options, checked and combined with those of the engine.</summary>
internal sealed partial class SpladeCall
{
    private readonly SpladeParts _parts;
    private readonly int? _maxActiveDimensions;

    /// <exception cref="ArgumentException">The options ask for a prompt or a limit that the model does not have.</exception>
    public SpladeCall(SpladeParts parts, SpladeEncodingOptions options)
    {
        _parts = parts;
        SpladeEncodingOptions said = options.Or(parts.Options.Encoding);
        InputType = said.InputType ?? EmbeddingInputType.Document;
        LooksUp = InputType == EmbeddingInputType.Query && parts.Queries is not null;
        _maxActiveDimensions = said.MaxActiveDimensions;
        TokenLimit.Require(options.MaxTokens, parts.Model.MaxTokens, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(said.MaxTokens ?? int.MaxValue, parts.Tokenizer.SpecialTokenCount + 1, nameof(options));
        string prompt = parts.Model.Files.PromptFor(InputType, said.Prompt, said.PromptName);
        int maxTokens = options.MaxTokens ?? (LooksUp ? parts.Queries!.MaxTokens : parts.Settings.MaxTokens);
        Request = new EncodingRequest(prompt, maxTokens)
        {
            LongTexts = said.LongTextHandling ?? LongTextHandling.Truncate,
            WindowOverlap = said.WindowOverlap,
            KeepsTextIds = parts.Policy?.ReadsText(InputType) == true,
        };
        if (Request.HasWindows && !LooksUp)
        {
            TextWindows.RequireOverlap(Request.WindowOverlap, maxTokens - parts.Tokenizer.SpecialTokenCount, nameof(options));
        }
    }

    public EmbeddingInputType InputType { get; }

    /// <summary>Whether the texts are queries that need no model.</summary>
    public bool LooksUp { get; }

    /// <summary>How the texts are read.</summary>
    public EncodingRequest Request { get; }

    public EncodedText<SparseVector> LookUp(string text, int position) => _parts.Queries!.Encode(text, position, Request);

    /// <summary>The tokenizer that reads the texts.</summary>
    public Tokenizer Tokenizer => LooksUp ? _parts.Queries!.Tokenizer : _parts.Tokenizer;

    public SpladeEncoding Finish(EncodedText<SparseVector> encoded) =>
        new(Finish(encoded.Vector, encoded.TextIds), encoded.TokenCount, encoded.Truncated)
        {
            Passages = Array.ConvertAll(encoded.Passages, p => new SpladePassage(p.Span, Finish(p.Vector, p.TextIds), p.TokenCount)),
        };

    /// <summary>What the engine's and the call's options do to a vector that the model gave.</summary>
    /// <remarks>The policy goes first: it cannot bring special tokens back, and what is kept in the end are the heaviest entries under it.</remarks>
    public SparseVector Finish(SparseVector vector, int[] textIds) => Trim(_parts.Policy?.Apply(vector, textIds, InputType) ?? vector);

    /// <summary>What follows the policy.</summary>
    private SparseVector Trim(SparseVector vector)
    {
        SparseVector kept = _parts.DropsSpecialTokens ? vector.Without(_parts.Tokenizer.SpecialTokenIds) : vector;
        return _maxActiveDimensions is int count ? kept.TopK(count) : kept;
    }
}
