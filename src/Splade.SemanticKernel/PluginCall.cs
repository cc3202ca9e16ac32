using Microsoft.SemanticKernel;
using Splade.AI;

namespace Splade.SemanticKernel;

/// <summary>Throws what only a developer can mend as an exception whose message has no paths: a kernel hands the message to the model that calls.</summary>
internal static class PluginCall
{
    private const string NotSetUp = "The SPLADE plugin is not set up rightly. The inner exception says what to do.";

    /// <exception cref="KernelException">A model cannot be loaded, or the store has vectors of another one.</exception>
    public static async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception e) when (SetupErrors.Include(e))
        {
            throw new KernelException(NotSetUp, e);
        }
    }
}
