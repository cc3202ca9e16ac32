using System.Globalization;
using System.Text;
using Splade.AI.Display;

namespace Splade.AI.VectorFormats;

/// <summary>A bound, and why it is there and what to do, as the end of a message.</summary>
internal sealed record FormatLimit<T>(T Value, string Reason);

/// <summary>What an engine takes. Null is no bound of the engine's.</summary>
internal sealed record FormatLimits
{
    public static FormatLimits None { get; } = new();

    public FormatLimit<int>? Count { get; init; }

    public FormatLimit<int>? Dimensions { get; init; }

    public FormatLimit<float>? LeastWeight { get; init; }

    public FormatLimit<float>? MostWeight { get; init; }

    /// <summary>The bytes of an id in UTF-8.</summary>
    public FormatLimit<int>? IdLength { get; init; }

    /// <summary>Which letters an id may have; null for all of Unicode.</summary>
    public FormatLimit<Func<Rune, bool>>? IdLetters { get; init; }

    /// <summary>Why a vector without entries is refused; null if it is taken.</summary>
    public string? NoEmptyBecause { get; init; }

    public void Check(string id, SparseVector vector, string parameter)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw new ArgumentException("Found a document without an id, expected one for each.", parameter);
        }

        string? problem = IdLength is { } most && Encoding.UTF8.GetByteCount(id) > most.Value
            ? $"Found an id of {Encoding.UTF8.GetByteCount(id)} bytes, expected at most {most.Value}. {most.Reason}"
            : IdProblem(id) ?? Problem(vector ?? throw new ArgumentException($"Document '{ShortNames.Cut(id)}' has no vector.", parameter));
        if (problem is not null)
        {
            throw new ArgumentException($"Document '{ShortNames.Cut(id)}': {problem}", parameter);
        }
    }

    public void Check(SparseVector vector, string parameter)
    {
        ArgumentNullException.ThrowIfNull(vector, parameter);
        if (Problem(vector) is string problem)
        {
            throw new ArgumentException(problem, parameter);
        }
    }

    private string? IdProblem(string id)
    {
        if (Surrogates.FindLone(id) is int half)
        {
            return $"Found half of a surrogate pair at position {half} of the id, expected valid UTF-16: two such ids would become one. Replace it.";
        }

        if (IdLetters is not { } letters)
        {
            return null;
        }

        int position = 0;
        foreach (Rune letter in id.EnumerateRunes())
        {
            if (!letters.Value(letter))
            {
                return string.Create(CultureInfo.InvariantCulture, $"Found U+{letter.Value:X4} at position {position} of the id, {letters.Reason}");
            }

            position += letter.Utf16SequenceLength;
        }

        return null;
    }

    private string? Problem(SparseVector vector)
    {
        if (Dimensions is { } dimensions && vector.Dimensions > dimensions.Value)
        {
            return $"Found {vector.Dimensions} dimensions, expected at most {dimensions.Value}. {dimensions.Reason}";
        }

        if (Count is { } count && vector.Count > count.Value)
        {
            return $"Found {vector.Count} entries, expected at most {count.Value}. {count.Reason} Keep no more of them, by TopK.";
        }

        return vector.Count == 0 && NoEmptyBecause is not null ? $"Found a vector without entries. {NoEmptyBecause}" : WeightProblem(vector);
    }

    private string? WeightProblem(SparseVector vector)
    {
        for (int i = 0; i < vector.Count; i++)
        {
            float weight = vector.Values[i];
            if (LeastWeight is { } least && weight < least.Value)
            {
                return WeightProblem(vector, i, $"{Text(least.Value)} or more. {least.Reason}");
            }

            if (MostWeight is { } most && weight > most.Value)
            {
                return WeightProblem(vector, i, $"at most {Text(most.Value)}. {most.Reason}");
            }
        }

        return null;
    }

    private static string WeightProblem(SparseVector vector, int place, string expected) =>
        $"Found the weight {Text(vector.Values[place])} at dimension {vector.Indices[place]}, expected {expected}";

    private static string Text(float weight) => weight.ToString(CultureInfo.InvariantCulture);
}
