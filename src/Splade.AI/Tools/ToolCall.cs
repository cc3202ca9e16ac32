using Microsoft.Extensions.AI;
using Splade.AI.Explanation;
using Splade.AI.Hybrid;

namespace Splade.AI.Tools;

/// <summary>One call of a function: the arguments as a language model wrote them, and what the function works with.</summary>
internal sealed class ToolCall(ToolContext context, AIFunctionArguments given, CancellationToken cancellationToken)
{
    public SpladeAIToolsOptions Options => context.Options;

    /// <summary>What is searched. Only functions that search have one.</summary>
    public HybridRetriever Retriever => context.Options.Retriever!;

    public CancellationToken CancellationToken => cancellationToken;

    /// <exception cref="SpladeModelException">The model cannot be loaded.</exception>
    public Task<ISparseExplainer> GetEncoderAsync() => context.GetEncoderAsync(cancellationToken);

    /// <summary>The argument of a name, in whatever case and with whatever marks between its words; null if there is none.</summary>
    public object? Find(string name) =>
        given.TryGetValue(name, out object? value) ? value : given.FirstOrDefault(a => Plain(a.Key) == Plain(name)).Value;

    // inputType, input-type and Input_Type are input_type.
    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
