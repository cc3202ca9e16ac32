using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Splade.AI.Tools;

/// <summary>A method of <see cref="SpladeToolService"/> as a function for agents.</summary>
/// <remarks>
/// <para>The description and the parameters are those of the method. This adds the prefix, the limits of the options, and patience with arguments.</para>
/// <para>
/// Microsoft.Extensions.AI keeps what it found out about a method for as long as the JSON options live, under all that was asked of it. So
/// it is asked the same for every service, and what differs is said here: otherwise each set of functions would stay in memory.
/// </para>
/// </remarks>
internal sealed class ToolFunction : DelegatingAIFunction
{
    private ToolFunction(AIFunction inner, string name, string description, JsonElement schema)
        : base(inner)
    {
        Name = name;
        Description = description;
        JsonSchema = schema;
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema { get; }

    /// <param name="method">The method, which returns a <see cref="SpladeToolResult"/>.</param>
    /// <param name="name">The function's name.</param>
    /// <param name="limits">What the schema says of the parameters' values.</param>
    /// <param name="about">What the description has in place of <c>{0}</c>.</param>
    public static ToolFunction Create(Delegate method, string name, ToolSchema limits, string? about = null)
    {
        AIFunction inner = AIFunctionFactory.Create(method, new AIFunctionFactoryOptions
        {
            SerializerOptions = ToolJson.Options,
            MarshalResult = Marshal,
            ExcludeResultSchema = true,
        });
        string description = about is null ? inner.Description : inner.Description.Replace("{0}", about, StringComparison.Ordinal);
        return new ToolFunction(inner, name, description, limits.ApplyTo(inner.JsonSchema));
    }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        AIFunctionArguments read;
        try
        {
            read = ToolArguments.Read(arguments, InnerFunction.JsonSchema);
        }
        catch (ToolProblemException e)
        {
            return ToolJson.Write(e.ToResult<ToolProblem>(), typeof(ToolProblem));
        }

        return await base.InvokeCoreAsync(read, cancellationToken).ConfigureAwait(false);
    }

    private static ValueTask<object?> Marshal(object? result, Type? type, CancellationToken cancellationToken) =>
        ValueTask.FromResult<object?>(ToolJson.Write(result, type!));
}
