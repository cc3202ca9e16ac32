using Microsoft.Extensions.Options;
using Splade.AI.Policy;

namespace Splade.AI;

/// <summary>Errors in how something was set up: every call fails by them until a developer mends that.</summary>
internal static class SetupErrors
{
    /// <summary>Whether a call whose own arguments have been read and found right failed by one.</summary>
    /// <remarks>An argument that is refused then is one of the setup, such as a store whose vectors come from another model.</remarks>
    public static bool Include(Exception exception) =>
        exception is SpladeModelException or OptionsValidationException or VocabularyPolicyException or ArgumentException;
}
