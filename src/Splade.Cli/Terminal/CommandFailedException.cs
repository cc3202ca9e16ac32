namespace Splade.Cli.Terminal;

/// <summary>A command cannot go on. The message says what was found, what was expected, and what to do.</summary>
internal sealed class CommandFailedException(string message, Exception? innerException = null) : Exception(message, innerException);
