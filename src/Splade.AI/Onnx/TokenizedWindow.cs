using Splade.AI.Tokenization;

namespace Splade.AI.Onnx;

/// <summary>Some texts of a call, tokenized: what batches are made of.</summary>
internal sealed class TokenizedWindow(int count)
{
    /// <summary>The token ids of each text.</summary>
    public int[][] Ids { get; } = new int[count][];

    /// <summary>How many there are of each.</summary>
    public int[] Lengths { get; } = new int[count];

    /// <summary>Which texts were cut.</summary>
    public bool[] Truncated { get; } = new bool[count];

    public void Set(int position, TokenBuffer tokens)
    {
        Ids[position] = tokens.Ids.ToArray();
        Lengths[position] = tokens.Count;
        Truncated[position] = tokens.Truncated;
    }
}
