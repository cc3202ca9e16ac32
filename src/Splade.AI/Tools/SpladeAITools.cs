using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <summary>Encoding, explanation and search as functions that language models call.</summary>
/// <remarks>
/// <para>
/// The functions are safe for concurrent use and live as long as the engine and the retriever do. They return compact JSON as a string, with
/// names in snake_case: a fact of <see cref="SpladeToolService"/>'s results for each of its members. Where something is wrong there is an
/// <c>error</c> with a <c>hint</c> instead: what the model can mend, or that it cannot. No error has text of an exception in it. What only a
/// developer can mend is thrown, as <see cref="SpladeToolService"/> says.
/// </para>
/// <para>
/// Whoever writes documents writes into the prompt of every model that reads them. What these functions do about it: text from documents stands
/// in members whose names begin with <c>untrusted_</c>, as JSON in which no text can end its own member; a <c>note</c> before it says that it is
/// data; characters that show nothing are taken out; lengths are bounded; no function changes anything. Outside of these members documents have
/// the words that a term is a piece of, and ids that are short names of ASCII letters and digits: of all others there is a handle. That makes
/// an injected instruction visible and weak, not impossible: give an agent that reads strangers' documents no other function that does harm, or
/// put a person's approval before it (<see cref="ApprovalRequiredAIFunction"/>), and load the engine with
/// <see cref="EncoderOptions.SpecialTokensInText"/> off.
/// </para>
/// </remarks>
public static class SpladeAITools
{
    /// <summary>How results are written: compact JSON. Knows the type of each result, and needs no reflection.</summary>
    /// <value>Read-only; safe for concurrent use.</value>
    public static JsonSerializerOptions JsonOptions => ToolJson.Options;

    /// <summary>
    /// Creates <c>splade_encode</c>, <c>splade_explain</c> and <c>splade_compare</c>, and with a retriever <c>hybrid_search</c> and
    /// <c>read_passage</c>.
    /// </summary>
    /// <param name="engine">The model that encodes and explains. Not disposed by the functions.</param>
    /// <param name="options">What is offered, and how much is given; null for the defaults, without a retriever.</param>
    public static IReadOnlyList<AIFunction> Create(SpladeEngine engine, SpladeAIToolsOptions? options = null)
    {
        options ??= new SpladeAIToolsOptions();
        var service = new SpladeToolService(engine, options);
        SpladeTool[] search = service.CanSearch ? [SpladeTool.Search, SpladeTool.ReadPassage] : [];
        return [.. new[] { SpladeTool.Encode, SpladeTool.Explain, SpladeTool.Compare }.Concat(search).Select(service.AsAIFunction)];
    }
}
