using Markdig.Parsers;
using Markdig.Syntax;

namespace RagChat.Documents.Bounded;

/// <summary>How deep the parser is in containers.</summary>
internal static class Nesting
{
    /// <summary>Twenty lists in each other, two containers each: nobody could follow them.</summary>
    private const int MaxContainers = 40;

    public static bool HasRoom(BlockProcessor processor) => Around(processor).Take(MaxContainers).Count() < MaxContainers;

    /// <summary>The containers that a block would be opened in, the innermost first.</summary>
    public static IEnumerable<ContainerBlock> Around(BlockProcessor processor)
    {
        for (ContainerBlock? container = processor.CurrentContainer; container is not null; container = container.Parent)
        {
            yield return container;
        }
    }
}
