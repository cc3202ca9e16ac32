namespace Splade.AI;

/// <summary>A model folder, or a file in it, cannot be used. The message says what was found, what was expected, and what to do.</summary>
public sealed class SpladeModelException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was found, what was expected, and what to do. The path is put before it.</param>
    /// <param name="path">The file or folder that cannot be used.</param>
    /// <param name="innerException">The cause, if another error led to this one.</param>
    public SpladeModelException(string message, string path, Exception? innerException = null)
        : base($"{path}: {message}", innerException)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
    }

    /// <summary>Gets the file or folder that cannot be used.</summary>
    public string Path { get; }
}
