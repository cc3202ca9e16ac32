using Splade.AI.Weights;

namespace Splade.AI.Tests.Weights;

/// <summary>The checkpoints of the tests' data.</summary>
internal static class Checkpoints
{
    public static string Folder { get; } = Path.Combine(Repository.TestData, "models", "checkpoint-variants");

    public static string PathOf(params string[] names) => Path.Combine([Folder, .. names]);

    public static Checkpoint Read(string name) =>
        CheckpointFiles.Find(PathOf(name))?.Read() ?? throw new DirectoryNotFoundException($"The folder '{name}' has no weights.");

    /// <summary>The bytes of a tensor, row by row.</summary>
    public static byte[] BytesOf(WeightTensor tensor)
    {
        using FileStream file = File.OpenRead(tensor.File);
        file.Position = tensor.Offset;
        byte[] bytes = new byte[tensor.Length];
        file.ReadExactly(bytes);
        return tensor.IsTransposed ? Transpose(bytes, (int)tensor.Shape[1], (int)tensor.Shape[0]) : bytes;
    }

    private static byte[] Transpose(byte[] bytes, int rows, int columns)
    {
        int size = bytes.Length / (rows * columns);
        byte[] transposed = new byte[bytes.Length];
        for (int i = 0; i < rows * columns; i++)
        {
            bytes.AsSpan(i * size, size).CopyTo(transposed.AsSpan((((i % columns) * rows) + (i / columns)) * size));
        }

        return transposed;
    }
}
