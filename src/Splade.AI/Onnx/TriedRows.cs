namespace Splade.AI.Onnx;

/// <summary>A loaded file, and what two small texts showed of it.</summary>
internal readonly record struct TriedRows(OnnxRows Rows, ProbeResult Probe);
