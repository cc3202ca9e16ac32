using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Syntax;

namespace RagChat.Documents.Bounded;

/// <summary>
/// Parsers whose work grows as the text does, whatever stands in it. Their originals take time that grows with the square of a paragraph's
/// markup and with the depth of quotes and lists; here these have a limit, and what is above it stays text as it was written.
/// </summary>
internal static class BoundedParsers
{
    public static MarkdownPipelineBuilder UseBoundedParsers(this MarkdownPipelineBuilder pipeline)
    {
        pipeline.BlockParsers.Replace<QuoteBlockParser>(new BoundedQuoteParser());
        pipeline.BlockParsers.Replace<ListBlockParser>(new BoundedListParser());
        pipeline.BlockParsers.FindExact<HeadingBlockParser>()!.Closed += LeaveAsWritten;
        pipeline.Extensions.Add(new BoundedTables());
        return pipeline;
    }

    // The original parser of paragraphs stays behind the bounded one for what was begun as a table and is none.
    private static void BoundParagraphs(OrderedList<BlockParser> parsers)
    {
        ParagraphBlockParser original = parsers.FindExact<ParagraphBlockParser>()!;
        original.Closed += LeaveAsWritten;
        parsers.Insert(parsers.IndexOf(original), new BoundedParagraphParser());
    }

    private static void LeaveAsWritten(BlockProcessor processor, Block block)
    {
        if (block is LeafBlock leaf)
        {
            leaf.ProcessInlines = leaf.ProcessInlines && !MarkupCount.Of(leaf).IsTooMuch;
        }
    }

    /// <summary>The parser of grid tables is there only once its extension, which comes first, was set up.</summary>
    private sealed class BoundedTables : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            pipeline.BlockParsers.Replace<GridTableParser>(new BoundedGridTableParser());
            BoundParagraphs(pipeline.BlockParsers);
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
        {
        }
    }
}
