namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Puts decomposed scalars, in canonical order, together again.</summary>
/// <remarks>
/// Reusable and growing. The rules are those of the crate unicode-normalization-alignments in Hugging Face's tokenizers 0.23, which also
/// adds up how many characters of the text before were taken: see <see cref="Transformation"/>.
/// </remarks>
internal sealed class Composer
{
    private const int NoScalar = -1;
    private const int NoMark = -1;

    private (int Scalar, int Change)[] _marks = new (int, int)[8];
    private int _markCount;
    private (int Scalar, int Change) _base = (NoScalar, 0);
    private int _lastClass = NoMark;

    /// <summary>Takes the next scalar.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="combiningClass">Its canonical combining class.</param>
    /// <param name="change">What it does to the text before, for <see cref="Transformation"/>.</param>
    /// <param name="result">Takes what cannot change any more.</param>
    public void Add(int scalar, int combiningClass, int change, ref Transformation result)
    {
        if (_base.Scalar == NoScalar && combiningClass != 0)
        {
            result.Append(scalar, change);
        }
        else if (_base.Scalar != NoScalar && _lastClass < combiningClass
            && UnicodeProperties.Shared.Compose(_base.Scalar, scalar) is >= 0 and int composed)
        {
            _base = (composed, _base.Change + change - 1);
        }
        else if (combiningClass == 0)
        {
            Flush(ref result);
            _base = (scalar, change);
        }
        else
        {
            AddMark(scalar, change);
            _lastClass = combiningClass;
        }
    }

    /// <summary>Ends the text.</summary>
    public void Flush(ref Transformation result)
    {
        if (_base.Scalar != NoScalar)
        {
            result.Append(_base.Scalar, _base.Change);
        }

        foreach ((int scalar, int change) in _marks.AsSpan(0, _markCount))
        {
            result.Append(scalar, change);
        }

        _base = (NoScalar, 0);
        _markCount = 0;
        _lastClass = NoMark;
    }

    private void AddMark(int scalar, int change)
    {
        if (_markCount == _marks.Length)
        {
            Array.Resize(ref _marks, _markCount * 2);
        }

        _marks[_markCount++] = (scalar, change);
    }
}
