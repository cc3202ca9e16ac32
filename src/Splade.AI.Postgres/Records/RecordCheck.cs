using System.Text;
using Splade.AI.Hybrid;
using Splade.AI.Postgres.Tables;

namespace Splade.AI.Postgres.Records;

/// <summary>Whether records fit a table: all are looked at before the first is sent.</summary>
internal static class RecordCheck
{
    private const float LargestHalf = 65_504;

    /// <summary>The records as they are sent, of several with one id the last, in its place.</summary>
    /// <param name="records">The records.</param>
    /// <param name="table">The table.</param>
    /// <param name="parameter">What exceptions call the records.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The records, and how many of their vectors were pruned.</returns>
    /// <exception cref="ArgumentException">A record is null or does not fit.</exception>
    public static (List<NewRow> Rows, int Pruned) Prepare(
        IEnumerable<HybridRecord> records, StoreTable table, string parameter, CancellationToken cancellationToken)
    {
        HybridRecord[] all = [.. records];
        if (Array.IndexOf(all, null) is int place and >= 0)
        {
            throw new ArgumentException($"The record at position {place} is null.", parameter);
        }

        var rows = new List<NewRow>(all.Length);
        int pruned = 0;
        foreach (HybridRecord record in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                (NewRow row, int some) = Prepare(record, table);
                rows.Add(row);
                pruned += some;
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                throw new ArgumentException($"Record '{Shown(record.Id)}': {error.Message}", parameter, error);
            }
        }

        var last = new HashSet<string>(StringComparer.Ordinal);
        rows.Reverse();
        rows.RemoveAll(row => !last.Add(row.Id));
        rows.Reverse();
        return (rows, pruned);
    }

    /// <exception cref="ArgumentException">A dense vector is none that can be compared in single precision.</exception>
    public static void RequireDense(ReadOnlySpan<float> values, VectorColumn column)
    {
        VectorField field = column.Field;
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (!float.IsFinite(value) || (column.IsHalf && Math.Abs(value) > LargestHalf))
            {
                throw new ArgumentException(
                    $"the entry at position {i} of the vector '{field.Name}' is {value}, expected a finite number{(column.IsHalf ? " of half precision" : "")}.");
            }

            double kept = column.IsHalf ? (double)(Half)value : value;
            squares += kept * kept;
        }

        // pgvector adds up in single precision: what leaves its range would be no number.
        if (!float.IsFinite((float)squares) || (field.Similarity == SimilarityFunction.Cosine && !float.IsNormal((float)squares)))
        {
            throw new ArgumentException(
                $"the vector '{field.Name}' has length {Math.Sqrt(squares)}, expected one whose square is in the range of single precision"
                + $"{(field.Similarity == SimilarityFunction.Cosine ? ", and a direction. Leave it out, or compare by Dot" : "")}.");
        }
    }

    /// <exception cref="ArgumentException">A sparse vector has more entries than pgvector takes.</exception>
    public static void RequireSparse(SparseVector vector, VectorColumn column, int entries)
    {
        if (vector.Count > entries)
        {
            throw new ArgumentException(
                $"found {vector.Count} entries of the vector '{column.Field.Name}', expected at most {entries}, which pgvector takes "
                + $"{(entries == PostgresLimits.HnswSparseEntries ? "in an HNSW index" : "")}. Prune it with TopK({entries}), or set {nameof(PostgresHybridStoreOptions.PruneOversized)}.");
        }
    }

    private static (NewRow Row, int Pruned) Prepare(HybridRecord record, StoreTable table)
    {
        RequireText(record.Id, "the id");
        RequireText(record.Text, "the text");
        if (Encoding.UTF8.GetByteCount(record.Id) is int bytes and > PostgresLimits.MaxIdBytes)
        {
            throw new ArgumentException($"found an id of {bytes} bytes of UTF-8, expected at most {PostgresLimits.MaxIdBytes}.");
        }

        foreach ((string name, MetadataValue value) in record.Metadata)
        {
            RequireText(name, "the name of a field");
            foreach (MetadataValue item in value.Kind == MetadataKind.List ? value.AsList() : [value])
            {
                RequireText(item.Kind == MetadataKind.Text ? item.AsString() : "", $"'{name}'");
            }
        }

        foreach ((string name, HybridVector given) in record.Vectors)
        {
            table.Options.Schema!.Require(name, given);
        }

        int pruned = 0;
        var vectors = new HybridVector?[table.Vectors.Count];
        for (int i = 0; i < vectors.Length; i++)
        {
            VectorColumn column = table.Vectors[i];
            HybridVector? vector = record.Vectors.GetValueOrDefault(column.Field.Name);
            if (vector is { Kind: VectorKind.Sparse } && vector.Sparse.Count > column.MaxEntries && table.Options.PruneOversized)
            {
                vector = vector.Sparse.TopK(column.MaxEntries);
                pruned++;
            }

            if (vector is { Kind: VectorKind.Sparse })
            {
                RequireSparse(vector.Sparse, column, column.MaxEntries);
            }
            else if (vector is not null)
            {
                RequireDense(vector.Dense.Span, column);
            }

            vectors[i] = vector;
        }

        return (NewRow.Of(record, vectors), pruned);
    }

    private static void RequireText(string text, string what)
    {
        if (PostgresText.FindProblem(text) is string problem)
        {
            throw new ArgumentException($"found {problem} of {what}, expected a text that PostgreSQL keeps. Take it out before the texts are added.");
        }
    }

    // What is wrong with an id would be lost, or wrong again, wherever the message is shown.
    private static string Shown(string id) => string.Concat(id.Select(letter => letter == '\0' || char.IsSurrogate(letter) ? $"\\u{(int)letter:X4}" : $"{letter}"));
}
