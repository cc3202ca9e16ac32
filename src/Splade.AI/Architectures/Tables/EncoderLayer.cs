namespace Splade.AI.Architectures.Tables;

/// <summary>A layer of an encoder: attention, then feed-forward, each added to what went in.</summary>
/// <param name="Attention">The attention.</param>
/// <param name="AttentionNorm">Its norm; null for none.</param>
/// <param name="FeedForward">The feed-forward part.</param>
/// <param name="FeedForwardNorm">Its norm.</param>
internal sealed record EncoderLayer(SelfAttention Attention, NormLayer? AttentionNorm, FeedForward FeedForward, NormLayer FeedForwardNorm)
{
    /// <summary>Whether a part normalises what goes in, x + part(norm(x)); if not, the sum: norm(x + part(x)).</summary>
    public bool NormalisesFirst { get; init; }
}
