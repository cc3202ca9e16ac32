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
        _unchanged = SearchValues.Create(
            [.. Enumerable.Range(FirstPrintable, LastPrintable - FirstPrintable + 1).Select(c => (char)c).Where(c => !map.TryMap([(byte)c], out _))]);
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
        if (cluster.Length <= LongestCluster
            && Encoding.UTF8.TryGetBytes(cluster, utf8, out int length)
            && _map.TryMap(utf8[..length], out ReadOnlySpan<byte> mapped))
        {
            result.Replace(CountScalars(cluster), mapped);
            return;
        }

        foreach (Rune scalar in cluster.EnumerateRunes())
        {
            length = scalar.EncodeToUtf8(utf8);
            if (_map.TryMap(utf8[..length], out mapped))
            {
                result.Replace(1, mapped);
            }
            else
            {
                result.Append(scalar.Value, 0);
            }
        }
    }

    private static int CountScalars(ReadOnlySpan<char> text)
    {
        int scalars = 0;
        foreach (char c in text)
        {
            scalars += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return scalars;
    }
}
