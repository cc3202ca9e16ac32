using Splade.AI.Weights;
using Splade.AI.Weights.Torch;

namespace Splade.AI.Tests.Weights;

/// <summary>Small files that ask for much memory or time are refused before it is taken.</summary>
public sealed class TorchLimitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TensorOfManyDimensionsCalledAgainAndAgain_TakesLittleMemory()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 64)];
        string arguments = $"({Pickles.Storage("FloatStorage", "0", 1)}{Pickles.Number(0)}{Pickles.Tuple(ones)}{Pickles.Tuple(ones)}"
            + "\u0089ccollections\nOrderedDict\n)Rtq\u0001";
        byte[] pickle = Pickles.Bytes(
            $"\u0080\u0002(ctorch._utils\n_rebuild_tensor_v2\nq\0{arguments}" + string.Concat(Enumerable.Repeat("h\0h\u0001R", 100_000)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<FormatException>(() => PickleMachine.Run(pickle, new MemoryBudget(pickle.Length)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory(pickle.Length));
    }

    [Fact]
    public void Run_MoreInstructionsThanTensorsNeed_IsRefused()
    {
        byte[] pickle = Pickles.Bytes("\u0080\u0002" + new string('}', 3_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<FormatException>(() => PickleMachine.Run(pickle, new MemoryBudget(pickle.Length)));
        Assert.Contains("takes more memory than its 3000002 bytes, which no model's file does", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory(pickle.Length));
    }

    [Fact]
    public void Read_PickleOfMoreThan4Megabytes_IsRefused() =>
        AssertRefused([.. Pickles.Bytes(Pickles.Begin), .. new byte[4 << 20]], "expected at most 4194304");

    [Fact]
    public void Read_MoreTensorsThanAModelHas_IsRefused()
    {
        const int Count = 4_500_000;
        string tensor = Pickles.Tensor("FloatStorage", "0", Count, 0, [6], [1]);
        string names = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"X\u0005\0\0\0{i:D5}h\u0001"));
        AssertRefused(
            Pickles.Bytes($"{Pickles.Begin}{Pickles.Text("a")}{tensor}q\u0001{names}{Pickles.End}"),
            "names 50001 tensors, expected at most 50000",
            Count * sizeof(float));
    }

    // The directories are holes, which take no room on a disk.
    [UnixFact]
    public void Read_ZipWithALongDirectory_IsRefusedUnread()
    {
        foreach (long length in new[] { 64L << 20, 3_000_000_000 })
        {
            using (FileStream file = File.Create(_folder.PathOf("a.bin")))
            {
                file.Position = length;
                StoredZip.WriteEnd(file, 0, 5, isLarge: true);
                file.Write([0, 0]);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            var e = Assert.Throws<SpladeModelException>(() => TorchFile.Read(_folder.PathOf("a.bin")));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Contains($"directory is said to have {length} bytes, expected at most 16777216", e.Message, StringComparison.Ordinal);
        }
    }

    [UnixFact]
    public void ReadBytes_MoreThanAnArrayHolds_IsRefused()
    {
        const long Length = 3_000_000_000;
        using (FileStream file = File.Create(_folder.PathOf("a.bin")))
        {
            file.SetLength(Length);
        }

        var e = Assert.Throws<SpladeModelException>(() => WeightFile.Read(_folder.PathOf("a.bin"), "torch", file =>
        {
            file.ReadBytes(0, Length);
            return new Dictionary<string, WeightTensor>();
        }));
        Assert.Contains("3000000000 bytes in one piece", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LargePickleOfManyValues_TakesLittleMemory()
    {
        const int Length = 1 << 20;
        string[] parts =
        [
            ")", "}", "(", "N", "K\u0001", "J\u0001\u0002\u0003\u0004", "\u0085", "(t", "X\0\0\0\0", "q\u0001", "}q\u0001",
            "ccollections\nOrderedDict\n)R", "ccollections\nOrderedDict\n",
        ];
        foreach (string part in parts)
        {
            byte[] pickle = Pickles.Bytes("\u0080\u0002)" + string.Concat(Enumerable.Repeat(part, Length / part.Length)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<FormatException>(() => PickleMachine.Run(pickle, new MemoryBudget(pickle.Length)));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory(pickle.Length));
        }
    }

    // An error takes some too.
    private static long MostMemory(long length) => MemoryBudget.Least + (128 << 10) + length;

    private void AssertRefused(byte[] pickle, string reason, int storage = 24)
    {
        string path = _folder.Write("a.bin", Pickles.File(pickle, new byte[storage]).Write());
        var e = Assert.Throws<SpladeModelException>(() => TorchFile.Read(path));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
