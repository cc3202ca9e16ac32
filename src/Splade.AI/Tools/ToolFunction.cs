using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Splade.AI.Telemetry;

namespace Splade.AI.Tools;

/// <summary>A function of the table for agents.</summary>
/// <remarks>A model gets a result, and learns of failures only what it can use; a developer gets what they must mend.</remarks>
/// <param name="tool">The function.</param>
/// <param name="context">What it works with.</param>
internal sealed class ToolFunction(Tool tool, ToolContext context) : AIFunction
{
    private const string UnknownCorpus = "stored documents";

    private static readonly ToolResult Failed = new()
    {
        Error = "The function failed for a reason that is not in its arguments.",
        Hint = "Do not repeat the call. Say that this function is out of order, and go on without it.",
    };

    /// <inheritdoc/>
    public override string Name { get; } = context.Options.NamePrefix + tool.Name;

    /// <inheritdoc/>
    public override string Description { get; } =
        tool.Description.Replace("{0}", context.Options.CorpusDescription ?? UnknownCorpus, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override JsonElement JsonSchema { get; } = CreateSchema(tool, context.Options);

    /// <inheritdoc/>
    public override JsonSerializerOptions JsonSerializerOptions => ToolResult.JsonOptions;

    /// <returns>Compact JSON as a string.</returns>
    /// <exception cref="SpladeModelException">The model cannot be loaded.</exception>
    /// <exception cref="OptionsValidationException">The options of a model are refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. A cancellation that a store makes of its own is a failure.</exception>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        (await RunAsync(new ToolCall(context, arguments, cancellationToken)).ConfigureAwait(false)).ToString();

    private async Task<ToolResult> RunAsync(ToolCall call)
    {
        try
        {
            return await tool.RunAsync(call).ConfigureAwait(false);
        }
        catch (ToolProblemException e)
        {
            return new ToolResult { Error = e.Message, Hint = e.Hint };
        }
        catch (TextTooLongException e)
        {
            // Its message speaks of options that only whoever loaded the engine can set.
            return new ToolResult
            {
                Error = $"A text has {e.TokenCount} tokens, and at most {e.MaxTokens} are read.",
                Hint = "Shorten long texts, or split them and call again for each part.",
            };
        }
        catch (Exception e) when (!(e is OperationCanceledException && call.CancellationToken.IsCancellationRequested))
        {
            Log.ToolFailed(context.Logger, Name, e);
            if (SetupErrors.Include(e))
            {
                throw;
            }

            // Messages have paths, addresses and more that a model, and whoever reads its answers, has no business to know.
            return Failed;
        }
    }

    private static JsonElement CreateSchema(Tool tool, SpladeAIToolsOptions options)
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(tool.Parameters.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Name, p.SchemaFor(options)))),
            ["required"] = new JsonArray([.. tool.Parameters.Where(p => p.IsRequired).Select(p => (JsonNode)p.Name)]),
        };
        return JsonElement.Parse(schema.ToJsonString(ToolResult.JsonOptions));
    }
}
