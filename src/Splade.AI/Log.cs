using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Splade.AI;

/// <summary>Every message that the library logs. Texts of users never appear here.</summary>
internal static partial class Log
{
    /// <summary>The logger of a type, or one that logs nothing where the caller gave no factory.</summary>
    public static ILogger For<T>(ILoggerFactory? factory) => (factory ?? NullLoggerFactory.Instance).CreateLogger(typeof(T).FullName!);

    [LoggerMessage(1, LogLevel.Information, "Loaded {Model} in {Milliseconds} ms")]
    public static partial void ModelLoaded(ILogger logger, string model, long milliseconds);

    [LoggerMessage(2, LogLevel.Warning, "{Truncated} of {Total} texts were longer than {MaxTokens} tokens; their ends were not read")]
    public static partial void TextsTruncated(ILogger logger, int truncated, int total, int maxTokens);
}
