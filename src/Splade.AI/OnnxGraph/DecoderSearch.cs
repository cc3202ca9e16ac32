namespace Splade.AI.OnnxGraph;

/// <summary>What a search for the decoder found: the decoder, or the reason why there is none that is known, as the end of "... because".</summary>
internal sealed record DecoderSearch(Decoder? Decoder, string? Reason);
