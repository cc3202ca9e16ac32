using Splade.AI.Decoding;
using Splade.AI.OnnxGraph;
using Splade.AI.Pooling;

namespace Splade.AI.Onnx.Tracing;

/// <summary>A model that was opened for its hidden states, on the processors: for one whose own runs do not show what its tokens say.</summary>
/// <remarks>Safe for concurrent runs.</remarks>
internal sealed class TracingModel : IDisposable
{
    private readonly OpenedModel _opened;
    private readonly PortableEntryDecoder _decoder;

    private TracingModel(OpenedModel opened, DecoderWeights weights)
    {
        _opened = opened;
        _decoder = new PortableEntryDecoder(weights);
        Tracer = new TokenTracer(opened.Sessions, new DecodedLogits(_decoder, weights.Width));
    }

    public TokenTracer Tracer { get; }

    /// <exception cref="SpladeModelException">The file cannot be loaded, or its decoder is not recognised.</exception>
    public static TracingModel Open(string name, GraphSource graph, int vocabulary, LogitPooling pooling, OnnxSettings settings)
    {
        ModelPlan plan = ModelPlan.Create(graph, vocabulary, pooling, DecoderPlace.Managed, Precision.Exact);
        return plan.Weights is DecoderWeights weights
            ? new TracingModel(OpenedModel.Open(name, vocabulary, plan, settings, OnnxDevice.Cpu), weights)
            : throw new SpladeModelException($"Its hidden states cannot be had because {plan.Reason}.", graph.Path);
    }

    public void Dispose()
    {
        _opened.Dispose();
        _decoder.Dispose();
    }
}
