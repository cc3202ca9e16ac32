using System.Buffers;
using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>SentencePiece's own normalization: Hugging Face's <c>Precompiled</c>.</summary>
/// <remarks>
/// The rules are those of <c>tokenizers/src/normalizers/precompiled.rs</c> in Hugging Face's tokenizers 0.23: a grapheme cluster of less
/// than six bytes is looked up as a whole, everything else by scalar. So are the sources, which that file gets wrong where a character
/// becomes nothing: see <see cref="PendingTransformation"/>.
/// </remarks>
internal sealed class PrecompiledNormalizer : Normalizer
{
    private const int LongestCluster = 5;
    private const char FirstPrintable = ' ';
    private const char LastPrintable = '~';

    private readonly CharacterMap _map;
    private readonly SearchValues<char> _unchanged;

    public PrecompiledNormalizer(CharacterMap map)
    {
        _map = map;
        IEnumerable<char> printable = Enumerable.Range(FirstPrintable, LastPrintable - FirstPrintable + 1).Select(c => (char)c);
        _unchanged = SearchValues.Create([.. printable.Where(c => !map.TryMap([(byte)c], out _))]);
    }

    /// <inheritdoc/>
    public override bool LeavesUnchanged(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(_unchanged);

    /// <inheritdoc/>
    public override void Append(AlignedText text, NormalizedText destination)
    {
        var result = new PendingTransformation(new Transformation(text, destination));
        for (int at = 0; at < text.Length;)
        {
            int end = IsAlone(text.Text, at) ? at + 1 : GraphemeCluster.FindEnd(text.Text, at);
            AppendCluster(text.Text[at..end], ref result);
            at = end;
        }

        result.Flush();
    }

    // A cluster of one: what most are.
    private static bool IsAlone(ReadOnlySpan<char> text, int at) =>
        text[at] is >= FirstPrintable and <= LastPrintable
        && (at + 1 == text.Length || text[at + 1] is >= FirstPrintable and <= LastPrintable);

    private void AppendCluster(ReadOnlySpan<char> cluster, ref PendingTransformation result)
    {
        if (cluster.Length == 1 && _unchanged.Contains(cluster[0]))
        {
            result.Append(cluster[0], 0);
            return;
        }

        Span<byte> utf8 = stackalloc byte[LongestCluster];
        int scalars = Encode(cluster, utf8, out int length);
        if (length > 0 && _map.TryMap(utf8[..length], out ReadOnlySpan<byte> mapped))
        {
            result.Replace(scalars, mapped);
            return;
        }

        foreach (Rune scalar in cluster.EnumerateRunes())
        {
            if (_map.TryMap(utf8[..scalar.EncodeToUtf8(utf8)], out mapped))
            {
                result.Replace(1, mapped);
            }
            else
            {
                result.Append(scalar.Value, 0);
            }
        }
    }

    /// <summary>Writes a cluster as UTF-8, if it is short enough.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="utf8">Takes the bytes.</param>
    /// <param name="length">How many, or 0 if there is no room for them.</param>
    /// <returns>How many scalars were written.</returns>
    private static int Encode(ReadOnlySpan<char> cluster, Span<byte> utf8, out int length)
    {
        int scalars = 0;
        length = 0;
        foreach (Rune scalar in cluster.EnumerateRunes())
        {
            if (!scalar.TryEncodeToUtf8(utf8[length..], out int written))
            {
                length = 0;
                break;
            }

            length += written;
            scalars++;
        }

        return scalars;
    }
}
