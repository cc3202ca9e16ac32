namespace Splade.Benchmarks.Encoding;

/// <summary>What contenders are loaded from.</summary>
/// <param name="modelFolder">The model's folder.</param>
internal sealed class EncoderContext(string modelFolder) : IDisposable
{
    private readonly Lazy<RawLogitsModel> _raw = new(() => new RawLogitsModel(modelFolder));

    public string ModelFolder => modelFolder;

    /// <summary>The model as others run it; loaded once, since it is the same for all of them.</summary>
    public RawLogitsModel Raw => _raw.Value;

    public void Dispose()
    {
        if (_raw.IsValueCreated)
        {
            _raw.Value.Dispose();
        }
    }
}
