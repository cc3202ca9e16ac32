using Microsoft.Extensions.Logging;
using Splade.AI.Telemetry;

namespace Splade.AI.Bm25;

/// <summary>Says, once each, that words were left out because of their length, and that a text is in a script that is not cut.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Bm25Warnings
{
    private readonly ILogger _logger;
    private readonly Bm25Options _options;
    private int _saidNotCut;
    private int _saidTooLong;

    public Bm25Warnings(ILogger logger, Bm25Options options)
    {
        _logger = logger;
        _options = options;
        _saidNotCut = _saidTooLong = logger.IsEnabled(LogLevel.Warning) ? 0 : 1;
    }

    /// <summary>Looks for a script that is not cut, until one was found.</summary>
    public void LookAt(string text)
    {
        if (Volatile.Read(ref _saidNotCut) == 0 && _options.WordCutter.FailsAt(text) && Interlocked.Exchange(ref _saidNotCut, 1) == 0)
        {
            Log.WordsNotCut(_logger, _options.WordCutter.Name);
        }
    }

    public void ReportTooLong(int words)
    {
        if (words > 0 && Interlocked.Exchange(ref _saidTooLong, 1) == 0)
        {
            Log.WordsTooLong(_logger, _options.MaxTokenLength);
        }
    }
}
