namespace Splade.AI.OnnxGraph;

/// <summary>A constant of the graph: what it is and where its numbers are.</summary>
/// <param name="Name">Its name; empty in an attribute.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Dimensions">Its shape.</param>
/// <param name="Storage">Where its numbers are.</param>
/// <param name="Message">The message that describes it.</param>
internal sealed record OnnxTensor(string Name, OnnxElementType Type, IReadOnlyList<long> Dimensions, TensorStorage Storage, Piece Message)
{
    /// <summary>How many numbers it has.</summary>
    /// <exception cref="SpladeModelException">The shape is impossible.</exception>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long dimension in Dimensions)
            {
                count = dimension >= 0 && (dimension == 0 || count <= long.MaxValue / sizeof(double) / dimension)
                    ? count * dimension
                    : throw ProtoReader.Damaged(Message.Source, $"tensor '{Name}' has the shape [{string.Join(", ", Dimensions)}]");
            }

            return count;
        }
    }
}
