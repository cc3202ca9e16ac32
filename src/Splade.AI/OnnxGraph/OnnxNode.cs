namespace Splade.AI.OnnxGraph;

/// <summary>An operator of the graph.</summary>
/// <param name="OpType">The operator.</param>
/// <param name="Domain">Whose operator it is: empty for ONNX's own.</param>
/// <param name="Inputs">The values it takes; an empty name where an optional one is left out.</param>
/// <param name="Outputs">The values it gives.</param>
/// <param name="Attributes">Its settings.</param>
/// <param name="Captured">Names that its subgraphs mention: those defined outside are inputs too.</param>
/// <param name="Tensors">The tensors in it, those of its subgraphs too.</param>
/// <param name="Field">The field of the graph that holds it.</param>
internal sealed record OnnxNode(
    string OpType,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes,
    IReadOnlyCollection<string> Captured,
    IReadOnlyList<OnnxTensor> Tensors,
    ProtoField Field)
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string RuntimeDomain = "com.microsoft";

    /// <summary>The operator with its domain, as an error names it.</summary>
    public string Kind => IsStandard ? OpType : $"{Domain}.{OpType}";

    public bool IsStandard => Domain is "" or "ai.onnx";

    public bool Is(string opType) => IsStandard && OpType == opType;

    public bool IsOfRuntime(string opType) => Domain == RuntimeDomain && OpType == opType;

    public long Int(string attribute, long otherwise) => Attributes.GetValueOrDefault(attribute)?.Int ?? otherwise;

    public float Float(string attribute, float otherwise) => Attributes.GetValueOrDefault(attribute)?.Float ?? otherwise;
}
