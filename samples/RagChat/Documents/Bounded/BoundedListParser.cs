using Markdig.Parsers;

namespace RagChat.Documents.Bounded;

/// <summary>Lists within lists, up to a depth.</summary>
internal sealed class BoundedListParser : ListBlockParser
{
    public override BlockState TryOpen(BlockProcessor processor) => Nesting.HasRoom(processor) ? base.TryOpen(processor) : BlockState.None;
}
