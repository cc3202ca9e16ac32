using Markdig.Parsers;

namespace RagChat.Documents.Bounded;

/// <summary>Quotes within quotes, up to a depth.</summary>
internal sealed class BoundedQuoteParser : QuoteBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor) => Nesting.HasRoom(processor) ? base.TryOpen(processor) : BlockState.None;
}
