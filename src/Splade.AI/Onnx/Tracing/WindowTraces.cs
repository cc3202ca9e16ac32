using System.Diagnostics;

namespace Splade.AI.Onnx.Tracing;

/// <summary>The tokens that give vocabulary entries most, put together from the windows of a text, one window after another.</summary>
/// <remarks>
/// <para>
/// The weight of an entry is the largest that a window gives it. Under max pooling it is that of one token, whatever its window: tokens of
/// all windows are ranked together, and one that several windows have counts once, with the largest of its activations. Under sum pooling the
/// weight is the sum over one window, and the tokens are those of that window only: those of others have no part in it.
/// </para>
/// <para>It holds the tokens that are told, for the entries of the windows so far. Not safe for concurrent use.</para>
/// </remarks>
internal sealed class WindowTraces(TraceSettings settings)
{
    private readonly Dictionary<int, TracedEntry> _entries = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>Adds what was found in a window.</summary>
    /// <param name="entries">The entries that tokens were looked for.</param>
    /// <param name="traced">What was found for each.</param>
    /// <param name="positions">The position in the text of each token of the window.</param>
    public void Add(ReadOnlySpan<int> entries, TracedEntry[] traced, int[] positions)
    {
        Debug.Assert(entries.Length == traced.Length, "Something is told of each entry.");
        for (int i = 0; i < traced.Length; i++)
        {
            if (traced[i].Tokens.Length > 0)
            {
                Add(entries[i], traced[i] with { Tokens = Array.ConvertAll(traced[i].Tokens, t => t with { Position = positions[t.Position] }) });
            }
        }
    }

    /// <summary>The tokens of each of some entries, the largest activation first; none for an entry that no token gave anything.</summary>
    public TokenActivation[][] Of(ReadOnlySpan<int> entries)
    {
        var tokens = new TokenActivation[entries.Length][];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = _entries.TryGetValue(entries[i], out TracedEntry traced) ? traced.Tokens : [];
        }

        return tokens;
    }

    private void Add(int entry, TracedEntry traced)
    {
        if (!_entries.TryGetValue(entry, out TracedEntry known))
        {
            _entries.Add(entry, traced);
        }
        else if (!settings.AddsUp)
        {
            _entries[entry] = new TracedEntry(Math.Max(known.Weight, traced.Weight), Merge(known.Tokens, traced.Tokens));
        }
        else if (traced.Weight > known.Weight)
        {
            _entries[entry] = traced;
        }
    }

    // Both have the largest activations first; of equal ones, the one that stands before in the text goes before.
    private TokenActivation[] Merge(TokenActivation[] left, TokenActivation[] right)
    {
        var merged = new List<TokenActivation>(Math.Min(left.Length + right.Length, settings.MostTokens));
        _taken.Clear();
        for (int l = 0, r = 0; merged.Count < settings.MostTokens && (l < left.Length || r < right.Length);)
        {
            bool isLeft = r == right.Length || (l < left.Length && IsBefore(left[l], right[r]));
            TokenActivation next = isLeft ? left[l++] : right[r++];
            if (_taken.Add(next.Position))
            {
                merged.Add(next);
            }
        }

        return [.. merged];
    }

    private static bool IsBefore(TokenActivation left, TokenActivation right) =>
        left.Activation > right.Activation || (left.Activation == right.Activation && left.Position <= right.Position);
}
