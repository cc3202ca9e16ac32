using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Splade.AI.Tools;

namespace Splade.SemanticKernel;

/// <summary>Provides encoding, explanation and search as a plugin of Semantic Kernel: the functions of <see cref="SpladeAITools"/>.</summary>
/// <remarks>
/// <para>
/// What <see cref="SpladeAITools"/> says of arguments, results and text from documents holds here too. A function returns a <see cref="JsonElement"/>,
/// for <c>kernel.InvokeAsync&lt;JsonElement&gt;</c>; in a prompt template and before a language model it is compact JSON.
/// </para>
/// <para>
/// What only a developer can mend, such as the folder of a model that is not there, is a <see cref="KernelException"/> whose inner exception has
/// the reason. Its own message has none: a kernel that calls functions for a model hands that to the model.
/// </para>
/// </remarks>
public static class SpladePlugin
{
    /// <summary>The name that the plugin has unless another is given.</summary>
    public const string DefaultName = "splade";

    private const string Description =
        "Search by learned sparse vectors (SPLADE): what words a text can be found by, why a document matches a query, and hybrid search.";

    private const string Result = "A JSON object with the result, or with an error and a hint.";

    private const string NotSetUp = "The SPLADE plugin is not set up rightly. The inner exception says what to do.";

    /// <summary>Creates a plugin of the functions, under their own names.</summary>
    /// <param name="tools">The functions.</param>
    /// <param name="pluginName">The name of the plugin: ASCII letters, digits and underscores.</param>
    /// <returns>The plugin. It needs no reflection, so that it works in a program that is compiled ahead of time.</returns>
    /// <exception cref="ArgumentException">The name is null, empty or has other characters.</exception>
    public static KernelPlugin Create(SpladeAITools tools, string pluginName = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentException.ThrowIfNullOrWhiteSpace(pluginName);
        return KernelPluginFactory.CreateFromFunctions(pluginName, Description, tools.Functions.Select(CreateFunction));
    }

    private static KernelFunction CreateFunction(AIFunction function)
    {
        Delegate call = (KernelArguments arguments, CancellationToken cancellationToken) => CallAsync(function, arguments, cancellationToken);
        return KernelFunctionFactory.CreateFromMethod(call, function.JsonSerializerOptions, new KernelFunctionFromMethodOptions
        {
            FunctionName = function.Name,
            Description = function.Description,
            Parameters = Parameters(function),
            ReturnParameter = new KernelReturnParameterMetadata(function.JsonSerializerOptions)
            {
                Description = Result,
                ParameterType = typeof(JsonElement),
                Schema = KernelJsonSchema.Parse("""{"type":"object"}"""),
            },
        });
    }

    // All that the functions themselves throw beside cancellation is a mistake in how they were set up.
    private static async Task<JsonElement> CallAsync(AIFunction function, KernelArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return JsonElement.Parse((string)(await function.InvokeAsync(arguments, cancellationToken).ConfigureAwait(false))!);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new KernelException(NotSetUp, e);
        }
    }

    private static KernelParameterMetadata[] Parameters(AIFunction function)
    {
        string?[] required = [.. function.JsonSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString())];
        return
        [
            .. function.JsonSchema.GetProperty("properties").EnumerateObject().Select(parameter =>
                new KernelParameterMetadata(parameter.Name, function.JsonSerializerOptions)
                {
                    Description = parameter.Value.GetProperty("description").GetString(),
                    IsRequired = required.Contains(parameter.Name),
                    Schema = KernelJsonSchema.Parse(parameter.Value.GetRawText()),
                }),
        ];
    }
}
