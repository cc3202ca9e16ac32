using Splade.AI.Pooling;

namespace Splade.AI.Decoding;

/// <summary>From the hidden states of a text to one number for each vocabulary entry, without ever holding the logits of all tokens.</summary>
/// <remarks>Safe for concurrent use. The number of an entry is the same bits whichever implementation computes it, and beside whatever other texts.</remarks>
internal interface IVocabularyDecoder : IEntryDecoder
{
    /// <param name="hidden">The hidden states, which are finite.</param>
    /// <param name="row">
    /// Shape <c>[vocabulary]</c>: receives what <see cref="LogitPooling"/> says. An entry that is not positive may be given as zero without
    /// being computed.
    /// </param>
    /// <param name="threads">How many threads may work on it.</param>
    void Decode(HiddenStates hidden, Span<float> row, int threads);
}
