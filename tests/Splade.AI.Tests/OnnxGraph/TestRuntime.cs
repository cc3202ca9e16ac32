using Microsoft.ML.OnnxRuntime;
using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.OnnxGraph;

/// <summary>Runs models with ONNX Runtime, from their file or rewritten.</summary>
internal sealed class TestRuntime : IDisposable
{
    private readonly InferenceSession _session;

    private TestRuntime(InferenceSession session) => _session = session;

    public static TestRuntime Load(string path)
    {
        OnnxRuntimeStart.Ensure();
        using SessionOptions options = OneThread();
        return new TestRuntime(new InferenceSession(path, options));
    }

    public static TestRuntime Load(RewrittenModel model) => Load(model.Model, model.InitializerFolder);

    public static TestRuntime Load(byte[] model, string folder)
    {
        OnnxRuntimeStart.Ensure();
        using SessionOptions options = OneThread();
        options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        return new TestRuntime(new InferenceSession(model, options));
    }

    /// <summary>The numbers of the only output, or of the first.</summary>
    public float[] Run(TokenBatch batch)
    {
        var inputs = new Dictionary<string, OrtValue>();
        foreach (string name in _session.InputNames)
        {
            long[] values = name switch { "input_ids" => batch.Ids, "attention_mask" => batch.Mask, _ => batch.TypeIds };
            inputs.Add(name, OrtValue.CreateTensorValueFromMemory(values, [batch.Rows, batch.Length]));
        }

        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, inputs, [_session.OutputNames[0]]);
        foreach (OrtValue input in inputs.Values)
        {
            input.Dispose();
        }

        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => _session.Dispose();

    // The threads of many sessions would spin beside each other.
    private static SessionOptions OneThread() => new() { IntraOpNumThreads = 1 };
}
