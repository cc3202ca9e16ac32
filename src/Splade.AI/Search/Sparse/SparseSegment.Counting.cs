namespace Splade.AI.Search.Sparse;

/// <content>How many rows have a term, and which terms a row has.</content>
internal sealed unsafe partial class SparseSegment
{
    /// <summary>How many rows have a term without those that were taken out.</summary>
    public SegmentFrequencies Frequencies => field ??= new SegmentFrequencies(this);

    /// <summary>How many rows have a term, if lists tell it; -1 if there is a block of it, whose rows would have to be counted.</summary>
    public int CountLists(int term)
    {
        int rows = 0;
        for (int window = 0; window < Layout.Windows; window++)
        {
            ImpactList list = ListOf(term, window);
            if (list.IsDense)
            {
                return -1;
            }

            rows += list.Count;
        }

        return rows;
    }

    /// <summary>How many rows have a term. Those of blocks are counted: all rows that have the term have an impact above 0 there.</summary>
    public int CountRows(int term)
    {
        int rows = 0;
        for (int window = 0; window < Layout.Windows; window++)
        {
            ImpactList list = ListOf(term, window);
            int length = Layout.BlockLength(window);
            rows += list.IsDense ? length - new ReadOnlySpan<byte>(list.Block, length).Count((byte)0) : list.Count;
        }

        return rows;
    }

    /// <summary>How many entries a row has.</summary>
    public int CountOf(int row) => (int)(RowStarts[row + 1] - RowStarts[row]);

    /// <summary>Whether a row has a term.</summary>
    public bool Has(int row, int term)
    {
        uint from = RowStarts[row], to = RowStarts[row + 1];
        while (from < to)
        {
            uint middle = from + ((to - from) / 2);
            (from, to) = TermOf(middle) < term ? (middle + 1, to) : (from, middle);
        }

        return from < RowStarts[row + 1] && TermOf(from) == term;
    }

    /// <summary>Counts the terms of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="counts">How often each term was counted.</param>
    /// <returns>How many terms the row has.</returns>
    public int AddTerms(int row, int[] counts)
    {
        for (uint entry = RowStarts[row]; entry < RowStarts[row + 1]; entry++)
        {
            counts[TermOf(entry)]++;
        }

        return CountOf(row);
    }
}
