using System.Buffers;
using Markdig.Syntax;

namespace RagChat.Documents.Bounded;

/// <summary>How much work a paragraph is for a parser.</summary>
internal sealed class MarkupCount
{
    /// <summary>Enough for hundreds of links in one paragraph. So many take the parser some milliseconds, ten times as many a hundred times that.</summary>
    private const int MaxMarks = 1_000;

    /// <summary>A table of a thousand rows.</summary>
    private const int MaxPipes = 5_000;

    /// <summary>What no table is too small for.</summary>
    private const int SmallTable = 100;

    /// <summary>What can open or close anything within a paragraph, but for the pipes between the cells of tables.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("[]!*_`<&\\~");

    private int _marks;
    private int _pipes;
    private int _lines;
    private int _widest;

    /// <remarks>
    /// Tables are filled up to the width of their widest row: one wide row over many narrow ones would make far more cells than there is text.
    /// </remarks>
    public bool IsTooMuch =>
        _marks > MaxMarks || _pipes > MaxPipes || (long)_lines * _widest > Math.Max(SmallTable, 2L * (_lines + _pipes));

    public static MarkupCount Of(LeafBlock block)
    {
        var count = new MarkupCount();
        for (int i = 0; i < block.Lines.Count; i++)
        {
            count.AddLine(block.Lines.Lines[i].Slice.AsSpan());
        }

        return count;
    }

    public void AddLine(ReadOnlySpan<char> line)
    {
        int pipes = line.Count('|');
        _lines++;
        _pipes += pipes;
        _widest = Math.Max(_widest, pipes);
        for (int at = line.IndexOfAny(Marks); at >= 0 && _marks <= MaxMarks; at = line.IndexOfAny(Marks))
        {
            _marks++;
            line = line[(at + 1)..];
        }
    }
}
