namespace Splade.AI.Onnx;

/// <summary>Makes the vector of a text from the row that its tokens were reduced to. May write to the row.</summary>
internal delegate TVector RowPooling<out TVector>(float[] row);
