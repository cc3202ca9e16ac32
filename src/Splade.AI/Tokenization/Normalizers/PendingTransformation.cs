using System.Text;

namespace Splade.AI.Tokenization.Normalizers;

/// <summary>A transformation whose last character may still turn out to stand for more.</summary>
/// <remarks>
/// Replacing is that of <c>tokenizers/src/normalizers/precompiled.rs</c> in Hugging Face's tokenizers 0.23: what is removed counts for
/// the last character that was written, whatever that is, and for nothing where there is none yet. Then the sources of all that follows
/// are one character off, there and here.
/// </remarks>
internal ref struct PendingTransformation(Transformation result)
{
    private Transformation _result = result;
    private int _scalar = -1;
    private int _change;

    /// <inheritdoc cref="Transformation.Append"/>
    public void Append(int scalar, int change)
    {
        Flush();
        _scalar = scalar;
        _change = change;
    }

    /// <summary>Puts a text in the place of some characters.</summary>
    /// <param name="count">How many characters, at least one.</param>
    /// <param name="text">The text as UTF-8, perhaps empty.</param>
    public void Replace(int count, scoped ReadOnlySpan<byte> text)
    {
        int written = 0;
        for (; !text.IsEmpty; written++)
        {
            Rune.DecodeFromUtf8(text, out Rune scalar, out int length);
            Append(scalar.Value, written < count ? 0 : 1);
            text = text[length..];
        }

        if (_scalar >= 0)
        {
            _change -= Math.Max(0, count - written);
        }
    }

    /// <summary>Writes the last character.</summary>
    public void Flush()
    {
        if (_scalar >= 0)
        {
            _result.Append(_scalar, _change);
        }

        _scalar = -1;
    }
}
