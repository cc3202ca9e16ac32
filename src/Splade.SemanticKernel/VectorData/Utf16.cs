using System.Buffers;
using System.Text;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Texts as no encoding can write them: with halves of characters that stand alone.</summary>
internal static class Utf16
{
    /// <summary>Where the first one is; null if there is none.</summary>
    public static int? FindInvalid(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out _, out int length) != OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return null;
    }
}
