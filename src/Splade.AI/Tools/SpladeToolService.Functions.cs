using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <content>The functions one by one.</content>
public sealed partial class SpladeToolService
{
    /// <summary>A function for language models, with its name, its description and the limits of the options in its schema.</summary>
    /// <param name="tool">The function.</param>
    /// <returns>A function that returns compact JSON as a string. <see cref="SpladeAITools.Create"/> has the usual ones of these.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    public AIFunction AsAIFunction(SpladeTool tool)
    {
        ToolSchema terms = Limits(_options.DefaultTerms), words = Limits(ToolDefaults.AddedKeywords), hits = Limits(_options.DefaultHits);
        ToolSchema texts = new(_options.MaxDocuments, _options.MaxDocuments, _options.MaxDocuments);
        return tool switch
        {
            SpladeTool.Encode => ToolFunction.Create(EncodeAsync, _options.NamePrefix + ToolNames.Encode, terms),
            SpladeTool.Explain => ToolFunction.Create(ExplainAsync, _options.NamePrefix + ToolNames.Explain, terms),
            SpladeTool.Compare => ToolFunction.Create(CompareAsync, _options.NamePrefix + ToolNames.Compare, texts),
            SpladeTool.ExpandQuery => ToolFunction.Create(ExpandQueryAsync, _options.NamePrefix + ToolNames.ExpandQuery, words),
            SpladeTool.Search => ToolFunction.Create(SearchAsync, _options.NamePrefix + ToolNames.Search, hits, Corpus),
            SpladeTool.ReadPassage => ToolFunction.Create(ReadPassageAsync, _options.NamePrefix + ToolNames.ReadPassage, hits),
            _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, "There is no such function."),
        };
    }

    private ToolSchema Limits(int usual) => new(Math.Min(usual, _options.MaxTop), _options.MaxTop, _options.MaxDocuments);
}
