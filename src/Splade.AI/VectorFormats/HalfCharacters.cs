using System.Text;

namespace Splade.AI.VectorFormats;

/// <summary>Halves of surrogate pairs, which UTF-8 does not have: written as they are, all become U+FFFD, and two texts one.</summary>
internal static class HalfCharacters
{
    /// <summary>Where the first is; -1 if there is none.</summary>
    public static int IndexIn(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune letter))
            {
                return i;
            }

            i += letter.Utf16SequenceLength;
        }

        return -1;
    }
}
