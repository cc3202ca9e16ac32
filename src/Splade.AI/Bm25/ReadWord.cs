using Splade.AI.Tokenization;

namespace Splade.AI.Bm25;

/// <summary>A word of a text.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Lower">It in lower case.</param>
/// <param name="Term">Its term; null if it does not count.</param>
internal sealed record ReadWord(TokenOffset Span, string Lower, Term? Term);
