using System.Diagnostics;

namespace Splade.Cli.Terminal;

/// <summary>Counts the lines that are done, on standard error; only where that is a terminal and the lines themselves go elsewhere.</summary>
internal sealed class LineCounter(bool outputIsFile) : IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly bool _isShown = !Console.IsErrorRedirected && (outputIsFile || Console.IsOutputRedirected);
    private long _lastShown = Stopwatch.GetTimestamp();
    private long _lines;

    public void Add(int lines)
    {
        _lines += lines;
        if (_isShown && Stopwatch.GetElapsedTime(_lastShown) > Interval)
        {
            _lastShown = Stopwatch.GetTimestamp();
            Console.Error.Write($"{EraseLine}{_lines} lines");
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
