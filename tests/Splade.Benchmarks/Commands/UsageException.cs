namespace Splade.Benchmarks.Commands;

/// <summary>The command line asks for something that there is not. The message is for the user.</summary>
internal sealed class UsageException(string message) : Exception(message);
