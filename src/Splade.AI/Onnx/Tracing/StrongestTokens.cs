using System.Diagnostics;

namespace Splade.AI.Onnx.Tracing;

/// <summary>The tokens that give one vocabulary entry most, found while its logits pass by.</summary>
/// <remarks>
/// A token's logit decides: the activation grows with it, so the order is that of the contributions, under max pooling and under sum pooling.
/// A logit that is not above 0 contributes nothing.
/// </remarks>
internal ref struct StrongestTokens(Span<(int Position, float Logit)> best)
{
    private readonly Span<(int Position, float Logit)> _best = best;
    private int _count;

    /// <summary>Takes the next token's logit. Of equal logits the first one stays before.</summary>
    public void Add(int position, float logit)
    {
        bool isFull = _count == _best.Length;
        if (!(logit > 0) || (isFull && logit <= _best[^1].Logit))
        {
            return;
        }

        int at = isFull ? _count - 1 : _count++;
        for (; at > 0 && logit > _best[at - 1].Logit; at--)
        {
            _best[at] = _best[at - 1];
        }

        _best[at] = (position, logit);
        Debug.Assert(at == 0 || _best[at - 1].Logit >= logit, "The strongest come first.");
    }

    /// <summary>What the tokens give, the most first.</summary>
    public readonly TokenActivation[] Activate(Func<float, float> activate)
    {
        var activations = new TokenActivation[_count];
        for (int i = 0; i < _count; i++)
        {
            activations[i] = new TokenActivation(_best[i].Position, activate(_best[i].Logit));
        }

        return activations;
    }
}
