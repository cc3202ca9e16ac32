namespace Splade.Cli.Terminal;

/// <summary>Shows which share of a stage of work is done.</summary>
internal sealed class ShareProgress(string stage) : IProgress<double>, IDisposable
{
    private readonly StageProgress _percent = new($"{stage}, percent", 100);
    private int _shown;

    public void Report(double value)
    {
        int percent = (int)(100 * value);
        if (percent > _shown)
        {
            _percent.Add(percent - _shown);
            _shown = percent;
        }
    }

    public void Dispose() => _percent.Dispose();
}
