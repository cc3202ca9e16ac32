using Splade.AI.Remote.Requests;

namespace Splade.AI.Remote.Tei;

/// <summary>Answers of a server as vectors: checked, for a server may be another than it was meant to be.</summary>
internal static class TeiAnswers
{
    /// <summary>The sparse vectors of a batch.</summary>
    /// <exception cref="RemoteEncoderException">They are not one for each text, or one of them is no sparse vector.</exception>
    public static void ReadSparse(TeiConnection connection, TextBatch batch, TeiEntry[][] answer, int dimensions, Span<SparseVector> vectors)
    {
        connection.RequireCount(answer.Length, batch, "vectors");
        for (int i = 0; i < answer.Length; i++)
        {
            vectors[batch.Start + i] = ToVector(connection, batch.Start + i, answer[i], dimensions);
        }
    }

    /// <summary>The dense vectors of a batch.</summary>
    /// <exception cref="RemoteEncoderException">They are not one for each text, of one size, or one of them has what is no number.</exception>
    public static void ReadDense(TeiConnection connection, TextBatch batch, float[][] answer, int? dimensions, Span<float[]> vectors)
    {
        connection.RequireCount(answer.Length, batch, "vectors");
        int expected = dimensions ?? answer[0]?.Length ?? 0;
        for (int i = 0; i < answer.Length; i++)
        {
            float[] vector = answer[i] ?? throw connection.Unreadable($"found no vector for the text at position {batch.Start + i}.");
            if (vector.Length != expected || expected == 0)
            {
                throw connection.Unreadable($"found {vector.Length} numbers for the text at position {batch.Start + i}, expected {expected}.");
            }

            int wrong = Array.FindIndex(vector, value => !float.IsFinite(value));
            vectors[batch.Start + i] = wrong < 0
                ? vector
                : throw connection.Unreadable($"the number at {wrong} of the text at position {batch.Start + i} is {vector[wrong]}, expected a finite one.");
        }
    }

    private static SparseVector ToVector(TeiConnection connection, int position, TeiEntry[]? entries, int dimensions)
    {
        if (entries is null)
        {
            throw connection.Unreadable($"found no vector for the text at position {position}.");
        }

        // Ascending, as the server sends them; a proxy in another language may have another order.
        Array.Sort(entries, (left, right) => left.Index.CompareTo(right.Index));
        var indices = new List<int>(entries.Length);
        var values = new List<float>(entries.Length);
        long previous = -1;
        foreach (TeiEntry entry in entries)
        {
            if (entry.Index < 0 || entry.Index >= dimensions)
            {
                throw connection.Unreadable(
                    $"the text at position {position} has the index {entry.Index}, expected one from 0 to {dimensions - 1}, the dimensions that were said.");
            }

            if (entry.Index == previous)
            {
                throw connection.Unreadable($"the text at position {position} has the index {entry.Index} twice.");
            }

            if (!float.IsFinite(entry.Value) || entry.Value < 0)
            {
                throw connection.Unreadable(
                    $"the text at position {position} has the value {entry.Value} at index {entry.Index}, expected a finite number that is not negative.");
            }

            previous = entry.Index;
            if (entry.Value > 0)
            {
                indices.Add((int)entry.Index);
                values.Add(entry.Value);
            }
        }

        return new SparseVector(indices.ToArray(), values.ToArray(), dimensions);
    }
}
