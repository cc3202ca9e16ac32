using Splade.AI.Tokenization;

namespace Splade.Benchmarks.Encoding;

/// <summary>What contenders are loaded from.</summary>
/// <param name="modelFolder">The model's folder.</param>
internal sealed class EncoderContext(string modelFolder) : IDisposable
{
    private readonly Lazy<RawLogitsModel> _raw = new(() => new RawLogitsModel(modelFolder));
    private readonly Lazy<RawLogitsModel> _resting = new(() => new RawLogitsModel(modelFolder, spinning: false));

    public string ModelFolder => modelFolder;

    /// <summary>The model's tokenizer, without the model.</summary>
    public Tokenizer Tokenizer => Tokenizer.Load(Path.Combine(modelFolder, "tokenizer.json"));

    /// <summary>The model with ONNX Runtime's own settings; loaded once, since it is the same for all that want it.</summary>
    public RawLogitsModel Raw => _raw.Value;

    /// <summary>The model with threads that sleep when they have nothing to do, and leave the cores to others.</summary>
    public RawLogitsModel Resting => _resting.Value;

    public void Dispose()
    {
        foreach (Lazy<RawLogitsModel> model in new[] { _raw, _resting }.Where(model => model.IsValueCreated))
        {
            model.Value.Dispose();
        }
    }
}
