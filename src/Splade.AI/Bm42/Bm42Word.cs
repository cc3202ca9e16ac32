using Splade.AI.Lexical;

namespace Splade.AI.Bm42;

/// <summary>A word of a text.</summary>
/// <param name="Word">The word and its pieces.</param>
/// <param name="Stem">Its stem; null if it does not count.</param>
internal readonly record struct Bm42Word(PieceWord Word, string? Stem)
{
    /// <summary>How much the pieces of the word are attended to, together.</summary>
    public double Weigh(ReadOnlySpan<float> attention)
    {
        double weight = 0;
        foreach (int piece in Word.Pieces)
        {
            weight += attention[piece];
        }

        return weight;
    }
}
