namespace Splade.Cli.Terminal;

/// <summary>Counts the lines that are done, on standard error; only where that is a terminal and the lines themselves go elsewhere.</summary>
internal sealed class LineCounter(bool outputIsFile) : IDisposable
{
    private readonly StatusLine _status = new(outputIsFile || Console.IsOutputRedirected);
    private long _lines;

    public void Add(int lines)
    {
        _lines += lines;
        _status.Show(() => $"{_lines} lines");
    }

    public void Dispose() => _status.Dispose();
}
