using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx;
using Splade.AI.Tokenization;

namespace Splade.Benchmarks.Encoding;

/// <summary>A model as others run it: ONNX Runtime on all cores, logits of every token as its output.</summary>
internal sealed class RawLogitsModel : IDisposable
{
    private const int MostTokens = 512;

    private readonly InferenceSession _session;
    private readonly TokenBuffer _tokens = new();

    /// <param name="folder">The model's folder, with <c>tokenizer.json</c> and <c>onnx/model.onnx</c>.</param>
    /// <param name="spinning">Whether idle threads of ONNX Runtime spin for a while, as they do unless told otherwise.</param>
    public RawLogitsModel(string folder, bool spinning = true)
    {
        Tokenizer = Tokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        OnnxRuntimeStart.Ensure();
        using var options = new SessionOptions();
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
        _session = new InferenceSession(Path.Combine(folder, "onnx", "model.onnx"), options);
    }

    public Tokenizer Tokenizer { get; }

    public int[] Tokenize(string text)
    {
        Tokenizer.Encode(text, _tokens, new TokenizationOptions { MaxTokens = MostTokens });
        return _tokens.Ids.ToArray();
    }

    public RawLogits Run(IReadOnlyList<int[]> texts)
    {
        const int PadTokenId = 0;
        var batch = new PaddedBatch(texts, PadTokenId);
        return new RawLogits(batch, Run(_session, batch));
    }

    /// <summary>Runs a session; the caller disposes its first output.</summary>
    public static IDisposableReadOnlyCollection<OrtValue> Run(InferenceSession session, PaddedBatch batch)
    {
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            foreach (string name in session.InputNames)
            {
                long[] numbers = name switch { "input_ids" => batch.Ids, "attention_mask" => batch.Mask, _ => batch.TypeIds };
                inputs.Add(name, OrtValue.CreateTensorValueFromMemory(numbers, [batch.Rows, batch.Length]));
            }

            using var options = new RunOptions();
            return session.Run(options, inputs, [session.OutputNames[0]]);
        }
        finally
        {
            foreach (OrtValue input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    public void Dispose() => _session.Dispose();
}
