using Markdig.Parsers;
using Markdig.Syntax;

namespace RagChat.Documents.Bounded;

/// <summary>Paragraphs that stay as they were written once they have too much markup.</summary>
internal sealed class BoundedParagraphParser : ParagraphBlockParser
{
    private static readonly object CountKey = new();

    public override BlockState TryOpen(BlockProcessor processor)
    {
        BlockState state = base.TryOpen(processor);
        if (state == BlockState.Continue)
        {
            Count((ParagraphBlock)processor.NewBlocks.Peek(), processor);
        }

        return state;
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block)
    {
        if (processor.IsBlankLine || block is not ParagraphBlock paragraph)
        {
            return base.TryContinue(processor, block);
        }

        // Counted before a line of dashes makes a heading of the paragraph, which looks for definitions of links in it.
        Count(paragraph, processor);
        if (paragraph.ProcessInlines)
        {
            return base.TryContinue(processor, block);
        }

        block.UpdateSpanEnd(processor.Line.End);
        return BlockState.Continue;
    }

    public override bool Close(BlockProcessor processor, Block block) =>
        block is ParagraphBlock { ProcessInlines: false } || base.Close(processor, block);

    private static void Count(ParagraphBlock paragraph, BlockProcessor processor)
    {
        if (paragraph.GetData(CountKey) is not MarkupCount count)
        {
            // A paragraph that was begun as a table has lines already.
            count = MarkupCount.Of(paragraph);
            paragraph.SetData(CountKey, count);
        }

        count.AddLine(processor.Line.AsSpan());
        paragraph.ProcessInlines = !count.IsTooMuch;
    }
}
