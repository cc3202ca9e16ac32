using System.Net;

namespace Splade.AI.Remote;

/// <summary>A server cannot be used, or refuses a request. The message says what was found, what was expected, and what to do.</summary>
/// <remarks>The message quotes what the server says. It never has the key that the server is asked with.</remarks>
public sealed class RemoteEncoderException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found, what was expected, and what to do.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public RemoteEncoderException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the status that the server answered with; <see langword="null"/> where there was no answer, or one that is no error but cannot be read.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Gets the server's name for the error, such as <c>Validation</c> or <c>Overloaded</c>; <see langword="null"/> where it says none.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Gets the position, among the texts of the call, of the one that was refused; <see langword="null"/> where it is not that of one text.</summary>
    public int? Position { get; init; }

    /// <summary>Gets how long the server asks to wait; <see langword="null"/> where it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
