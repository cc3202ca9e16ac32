using Splade.AI.Pooling;

namespace Splade.AI.Onnx;

/// <summary>A loaded file, and what two small texts showed of it.</summary>
internal readonly record struct TriedRows(OnnxRows Rows, ProbeResult Probe)
{
    /// <summary>Whether a text's vector would depend on the texts that it is run with.</summary>
    /// <remarks>Of a model that was quantised here that is known: two small texts may happen to have the same range of numbers.</remarks>
    public bool RunsOneAtATime => !Probe.BatchInvariant || Rows.PrecisionInUse.Precision == Precision.Fast;

    /// <summary>Whether rows are weights already, and need no activation.</summary>
    public bool GivesWeights => Rows.Contract switch
    {
        OutputContract.IndicesAndWeights => true,
        OutputContract.TextRows when !Rows.PoolsLogits => !Probe.HasNegatives,
        _ => Rows.Reduction.Logits != LogitPooling.Max,
    };
}
