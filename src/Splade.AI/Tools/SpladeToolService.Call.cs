using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <content>Calls with arguments that a language model wrote.</content>
public sealed partial class SpladeToolService
{
    /// <summary>Calls a function with arguments as a language model wrote them: for plugins of frameworks that bind arguments less patiently.</summary>
    /// <remarks>
    /// Numbers may come as texts, lists as one text, names in any case; arguments may be strings, CLR values or JSON. Arguments that the
    /// function does not have are passed over. Where one is missing or of another type, the result has an <see cref="SpladeToolResult.Error"/>
    /// and a <see cref="SpladeToolResult.Hint"/> with which the model can mend the call.
    /// </remarks>
    /// <param name="tool">The function.</param>
    /// <param name="arguments">The arguments by name, in snake_case or any other.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The result of the function, of its own type.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such function.</exception>
    /// <exception cref="InvalidOperationException">The function searches, and the service has no retriever.</exception>
    public Task<SpladeToolResult> CallAsync(SpladeTool tool, AIFunctionArguments arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var given = new GivenArguments(arguments);
        if (tool is SpladeTool.Search or SpladeTool.ReadPassage)
        {
            RequireRetriever();
        }

        return tool switch
        {
            SpladeTool.Encode => Answer(() =>
                EncodeAsync(given.Text("text")!, given.Integer("top"), given.Text("input_type")!, cancellationToken)),
            SpladeTool.Explain => Answer(() =>
                ExplainAsync(given.Text("query")!, given.Text("document")!, given.Integer("top"), cancellationToken)),
            SpladeTool.Compare => Answer(() =>
                CompareAsync(given.Text("query")!, given.Texts("documents")!, given.Integer("top"), cancellationToken)),
            SpladeTool.ExpandQuery => Answer(() => ExpandQueryAsync(given.Text("query")!, given.Integer("top"), cancellationToken)),
            SpladeTool.Search => Answer(() =>
                SearchAsync(given.Text("query")!, given.Integer("top"), given.Text("mode")!, cancellationToken)),
            SpladeTool.ReadPassage => Answer(() => ReadPassageAsync(given.Text("id")!, cancellationToken)),
            _ => throw new ArgumentOutOfRangeException(nameof(tool), tool, "There is no such function."),
        };

        // The functions answer for what goes wrong in them; here arguments are read before.
        static async Task<SpladeToolResult> Answer<TResult>(Func<Task<TResult>> call)
            where TResult : SpladeToolResult, new()
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (ToolProblemException e)
            {
                return e.ToResult<TResult>();
            }
        }
    }
}
