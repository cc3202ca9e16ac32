using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Drops scalars or puts others in their place, one at a time.</summary>
internal abstract class ScalarFilter : Normalizer
{
    /// <summary>What <see cref="Map"/> returns for a scalar that is dropped.</summary>
    protected const int Dropped = -1;

    /// <inheritdoc/>
    public sealed override bool LeavesUnchanged(ReadOnlySpan<char> text)
    {
        foreach (Rune scalar in text.EnumerateRunes())
        {
            if (Map(scalar.Value) != scalar.Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public sealed override void Append(AlignedText text, NormalizedText destination)
    {
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.Text[at..], out Rune scalar, out int length);
            int mapped = Map(scalar.Value);
            if (mapped != Dropped)
            {
                destination.Append(mapped, text.ToOriginal(at, at + length));
            }

            at += length;
        }
    }

    /// <summary>The scalar in its place, or <see cref="Dropped"/>.</summary>
    protected abstract int Map(int scalar);
}
