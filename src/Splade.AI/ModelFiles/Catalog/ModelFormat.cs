namespace Splade.AI.ModelFiles.Catalog;

/// <summary>Specifies what a published model is loaded from.</summary>
public enum ModelFormat
{
    /// <summary>An ONNX file, which has the graph in it.</summary>
    Onnx,

    /// <summary>Weights, as safetensors or a file of torch, which a graph is written for when they are loaded.</summary>
    Weights,
}
