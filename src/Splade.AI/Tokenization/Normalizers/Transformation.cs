using System.Diagnostics;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Writes what became of a text, and finds the source of each new character by counting characters.</summary>
/// <remarks>
/// The rules are those of <c>NormalizedString::transform</c> in Hugging Face's tokenizers 0.23: a character replaces the next old one,
/// or is put in behind it, or replaces it and removes others after it. So sources go by number, not by what became of what.
/// </remarks>
internal ref struct Transformation(AlignedText source, NormalizedText destination)
{
    private readonly AlignedText _source = source;
    private int _next;
    private TokenOffset _last;

    /// <param name="scalar">The new character.</param>
    /// <param name="change">0: it replaces the next old one. 1: it is put in. -n: it replaces one and removes n more.</param>
    public void Append(int scalar, int change)
    {
        Debug.Assert(change <= 1, "A character is put in or not.");
        if (change <= 0)
        {
            Consume();
        }

        destination.Append(scalar, _last);
        for (int removed = 0; removed < -change; removed++)
        {
            Consume();
        }
    }

    private void Consume()
    {
        _last = _source.SourceOfScalar(_next);
        _next += _source.ScalarLength(_next);
    }
}
