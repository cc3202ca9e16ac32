using Markdig.Extensions.Tables;
using Markdig.Parsers;
using Markdig.Syntax;

namespace RagChat.Documents.Bounded;

/// <summary>Grid tables as wide as somebody could have drawn them, and none within their cells.</summary>
internal sealed class BoundedGridTableParser : GridTableParser
{
    private const int MaxWidth = 1_000;

    public override BlockState TryOpen(BlockProcessor processor) =>
        processor.Line.Length <= MaxWidth && !Nesting.Around(processor).Any(b => b is TableCell) ? base.TryOpen(processor) : BlockState.None;
}
