namespace Splade.AI.Pooling;

/// <summary>Makes the vector of a text from the row that its tokens were reduced to. The row is used again for the next text.</summary>
internal delegate TVector RowPooling<out TVector>(ReadOnlySpan<float> row);
