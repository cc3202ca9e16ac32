namespace Splade.AI.Decoding;

/// <summary>The hidden states of a text, and the largest magnitude among them, which is looked for once.</summary>
internal readonly ref struct HiddenStates
{
    /// <param name="numbers">Shape <c>[tokens, width]</c>: of real tokens only, never of padding.</param>
    public HiddenStates(ReadOnlySpan<float> numbers)
    {
        Numbers = numbers;
        Largest = RowMath.LargestMagnitude(numbers);
    }

    /// <summary>Shape <c>[tokens, width]</c>.</summary>
    public ReadOnlySpan<float> Numbers { get; }

    /// <summary>The largest magnitude: NaN where any number is, infinite where one is infinite and none is NaN.</summary>
    public float Largest { get; }

    /// <summary>Whether a decoder may have them: the maxima that its kernels take would lose a number that is none.</summary>
    public bool AreFinite => float.IsFinite(Largest);
}
