using Microsoft.Extensions.Logging;

namespace Splade.Cli.Terminal;

/// <summary>Shows the library's warnings on standard error, such as that of a licence that forbids commercial use.</summary>
internal sealed class WarningLog : ILoggerFactory, ILogger
{
    /// <summary>Every line of the output says whether its text was cut.</summary>
    private const int TextsTruncated = 2;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && eventId.Id != TextsTruncated)
        {
            StandardError.WriteLine(formatter(state, exception));
        }
    }
}
