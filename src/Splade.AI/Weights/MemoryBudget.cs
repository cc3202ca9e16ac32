namespace Splade.AI.Weights;

/// <summary>What may be allocated to read what a file says of its tensors: as many bytes as the file has, and a little for the smallest.</summary>
/// <param name="fileLength">How many bytes the file has.</param>
internal sealed class MemoryBudget(long fileLength)
{
    /// <summary>What those of some hundred tensors take, however few numbers these have.</summary>
    public const int Least = 512 << 10;

    private long _left = Least + fileLength;

    /// <summary>Notes what is about to be allocated.</summary>
    /// <exception cref="FormatException">There is no room for it.</exception>
    public void Spend(long bytes)
    {
        _left -= bytes;
        if (_left < 0)
        {
            throw new FormatException($"To read what it says of its tensors takes more memory than its {fileLength} bytes, which no model's file does.");
        }
    }
}
