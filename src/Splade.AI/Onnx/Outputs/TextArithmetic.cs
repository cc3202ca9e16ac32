namespace Splade.AI.Onnx.Outputs;

/// <summary>Makes of what a run gave for a text what an encoder keeps of it. Called by several threads at once.</summary>
internal delegate T TextArithmetic<out T>(TextOutputs outputs);
