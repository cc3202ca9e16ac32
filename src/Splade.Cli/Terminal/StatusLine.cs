using System.Diagnostics;

namespace Splade.Cli.Terminal;

/// <summary>A line on standard error that tells how far work is, written over from time to time, and gone at its end; only where that is a terminal.</summary>
/// <param name="isWanted">Whether it is shown at all.</param>
internal sealed class StatusLine(bool isWanted = true) : IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool _isShown = isWanted && !Console.IsErrorRedirected;
    private long _lastShown;

    /// <summary>Shows a text, if the last one has stood for a while.</summary>
    public void Show(Func<string> text)
    {
        if (_isShown && (_lastShown == 0 || Stopwatch.GetElapsedTime(_lastShown) > Interval))
        {
            _lastShown = Stopwatch.GetTimestamp();
            Console.Error.Write($"{EraseLine}{text()}");
        }
    }

    public void Dispose()
    {
        if (_isShown)
        {
            Console.Error.Write(EraseLine);
        }
    }
}
