namespace Splade.AI.Decoding;

/// <summary>Gives the logits of some vocabulary entries for each token of a text.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal interface IEntryDecoder : IDisposable
{
    /// <summary>The most entries that are computed at a time.</summary>
    const int MaxEntries = PanelKernel.Columns;

    /// <param name="hidden">Shape <c>[tokens, width]</c>: finite numbers, of real tokens only, never of padding.</param>
    /// <param name="entries">At least one entry, and at most <see cref="MaxEntries"/>.</param>
    /// <param name="logits">Shape <c>[tokens, entries]</c>: receives the logits, bias added.</param>
    void ReadLogits(ReadOnlySpan<float> hidden, ReadOnlySpan<int> entries, Span<float> logits);
}
