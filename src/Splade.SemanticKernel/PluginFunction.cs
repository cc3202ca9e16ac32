using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Splade.AI.Tools;

namespace Splade.SemanticKernel;

/// <summary>A function of <see cref="SpladePlugin"/>: what it is called there, and which one of the service it is.</summary>
internal sealed record PluginFunction(string Name, SpladeTool Tool)
{
    public const string Encode = "encode";
    public const string Explain = "explain";
    public const string Compare = "compare";
    public const string ExpandQuery = "expand_query";
    public const string Search = "search";
    public const string ReadPassage = "read_passage";

    public const string EncodeResult = "The heaviest terms with their weights, and how many there are.";
    public const string ExplainResult = "The score, the terms that make it, and the query's terms that the document lacks.";
    public const string CompareResult = "The texts, the best first, each with its score and its reasons.";
    public const string ExpandQueryResult = "The keywords with their weights, the heaviest first.";
    public const string SearchResult = "The passages, the best first, each with its id, an excerpt and its reasons.";
    public const string ReadPassageResult = "The text of the passage.";

    private static readonly PluginFunction[] OfTexts =
        [new(Encode, SpladeTool.Encode), new(Explain, SpladeTool.Explain), new(Compare, SpladeTool.Compare), new(ExpandQuery, SpladeTool.ExpandQuery)];

    private static readonly PluginFunction[] OfStores = [new(Search, SpladeTool.Search), new(ReadPassage, SpladeTool.ReadPassage)];

    /// <summary>The functions that a service has.</summary>
    public static IEnumerable<PluginFunction> Of(SpladeToolService service) => service.CanSearch ? OfTexts.Concat(OfStores) : OfTexts;

    /// <summary>The function for a kernel.</summary>
    /// <param name="service">What it calls.</param>
    /// <param name="declared">The function as its method declares it, for the type and the description of its result.</param>
    public KernelFunction Create(SpladeToolService service, KernelFunction declared)
    {
        AIFunction described = service.AsAIFunction(Tool);
        Delegate call = (KernelArguments arguments, CancellationToken cancellationToken) =>
            PluginCall.RunAsync(() => service.CallAsync(Tool, arguments, cancellationToken));
        return KernelFunctionFactory.CreateFromMethod(call, SpladeAITools.JsonOptions, new KernelFunctionFromMethodOptions
        {
            FunctionName = Name,
            Description = described.Description,
            Parameters = Parameters(described.JsonSchema, declared),
            ReturnParameter = declared.Metadata.ReturnParameter,
        });
    }

    // The declared parameters, with the schema that has the limits and the choices.
    private static IEnumerable<KernelParameterMetadata> Parameters(JsonElement schema, KernelFunction declared)
    {
        JsonElement properties = schema.GetProperty("properties");
        return declared.Metadata.Parameters.Select(parameter => new KernelParameterMetadata(parameter, SpladeAITools.JsonOptions)
        {
            Schema = KernelJsonSchema.Parse(properties.GetProperty(parameter.Name).GetRawText()),
        });
    }
}
