using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>All normalizers of a tokenizer, one after the other.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class NormalizerChain(params Normalizer[] steps)
{
    // Changes nothing but lone surrogates.
    private static readonly BertNormalizer Repair = BertNormalizer.None;

    public IReadOnlyList<Normalizer> Steps => steps;

    /// <summary>Normalizes a part of a text. Text that stays as it is, is not copied.</summary>
    /// <returns>The normalized text, valid until the memory is used for another.</returns>
    public AlignedText Normalize(ReadOnlySpan<char> text, int start, int end, WorkingMemory memory)
    {
        var current = new AlignedText(text[start..end], start);
        NormalizedText destination = memory.Normalized;
        if (HasLoneSurrogate(current.Text))
        {
            destination.Clear();
            Repair.Append(current, destination);
            current = destination.View;
            destination = memory.NormalizedNext;
        }

        foreach (Normalizer step in steps)
        {
            if (!step.LeavesUnchanged(current.Text))
            {
                destination.Clear();
                step.Append(current, destination);
                current = destination.View;
                destination = destination == memory.Normalized ? memory.NormalizedNext : memory.Normalized;
            }
        }

        return current;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return false;
        }

        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                {
                    return true;
                }

                at++;
            }
        }

        return false;
    }
}
