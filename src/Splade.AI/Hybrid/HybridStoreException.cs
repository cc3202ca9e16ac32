namespace Splade.AI.Hybrid;

/// <summary>The engine behind a store refused a call, failed, or could not be reached. The message says which, and what to do; it holds no secrets.</summary>
/// <remarks>
/// After a write that failed so, some of its records may be in. Doing the same again is safe: records are put in place of those with their ids. Calls that
/// are wrong in themselves throw an <see cref="ArgumentException"/> or a <see cref="NotSupportedException"/> instead, before anything is sent.
/// </remarks>
public sealed class HybridStoreException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="HybridStoreException"/> class.</summary>
    /// <param name="message">What happened, and what to do. Without keys, passwords and connection strings.</param>
    /// <param name="isTransient">Whether the same call may succeed later.</param>
    /// <param name="code">What the engine calls the failure, for example <c>UNAVAILABLE</c> or <c>53300</c>; null if it did not say.</param>
    /// <param name="innerException">The cause; null if there is none, or it holds secrets.</param>
    public HybridStoreException(string message, bool isTransient = false, string? code = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentNullException.ThrowIfNull(message);
        IsTransient = isTransient;
        Code = code;
    }

    /// <summary>Gets a value indicating whether the same call may succeed later. The store itself has tried several times by then.</summary>
    public bool IsTransient { get; }

    /// <summary>Gets what the engine calls the failure; null if it did not say.</summary>
    public string? Code { get; }
}
