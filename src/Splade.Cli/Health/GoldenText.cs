using Splade.AI;

namespace Splade.Cli.Health;

/// <summary>A text with what the model made of it: every line of a golden file but the first.</summary>
/// <param name="Text">The text.</param>
/// <param name="InputType">How it was encoded.</param>
/// <param name="Ids">Its tokens, special tokens included, cut at the limit, without a prompt.</param>
/// <param name="Indices">The positions of its vector's entries.</param>
/// <param name="Values">Their weights.</param>
internal sealed record GoldenText(string Text, EmbeddingInputType InputType, int[] Ids, int[] Indices, float[] Values);
