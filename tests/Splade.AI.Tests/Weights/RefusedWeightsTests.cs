using Splade.AI.Weights;
using Splade.AI.Weights.Torch;

namespace Splade.AI.Tests.Weights;

/// <summary>Damaged and hostile files, each refused for what is wrong with it.</summary>
public sealed class RefusedWeightsTests
{
    public static TheoryData<string, string> Reasons => new()
    {
        { "big-endian.bin", "in the byte order 'big', expected 'little'" },
        { "deflated.bin", "'m/data.pkl' is compressed" },
        { "duplicate-key.safetensors", "Duplicate" },
        { "end-before-begin.safetensors", "begin at byte 8 of the data and to end at byte 4" },
        { "endless.bin", "the instruction EMPTY_LIST at byte 2" },
        { "first-offset-not-zero.safetensors", "Expected it from byte" },
        { "gap.safetensors", "Tensor 'b' is said to lie from byte" },
        { "git-lfs-pointer.safetensors", "Found a git-lfs pointer of 131 bytes" },
        { "global-not-on-the-list.bin", "names 'torch.FloatStorag_', which may run code" },
        { "global-of-another-module.bin", "names 'posix.system', which may run code" },
        { "header-longer-than-file.safetensors", "Its header is said to have" },
        { "header-of-2-to-the-63.safetensors", "said to have 9223372036854775808 bytes" },
        { "header-over-100-million.safetensors", "expected at most 100000000" },
        { "memo-not-set.bin", "asks for value 7, which it has not kept" },
        { "metadata-not-strings.safetensors", "'__metadata__' is not an object of strings" },
        { "negative-shape.safetensors", "has -2 in 'shape'" },
        { "no-pickle.bin", "has no record 'data.pkl'" },
        { "not-a-dictionary.bin", "the instruction EMPTY_LIST" },
        { "not-an-object.safetensors", "does not begin with '{'" },
        { "not-json.safetensors", "cannot be read as JSON" },
        { "not-utf8.safetensors", "bytes that are not UTF-8" },
        { "opcode-inst.bin", "the instruction INST" },
        { "opcode-stack-global.bin", "the instruction SHORT_BINUNICODE" },
        { "overlapping.safetensors", "Tensor 'b' is said to lie from byte" },
        { "persistent-id-not-storage.bin", "persistent id in it is not that of a storage" },
        { "quantised-dtype.safetensors", "F8_E4M3: quantised weights are not supported" },
        { "script-module.bin", "is a TorchScript module" },
        { "shape-overflows.safetensors", "more than any file has" },
        { "shorter-than-8-bytes.safetensors", "has 3 bytes, expected at least 8" },
        { "size-and-shape-differ.safetensors", "said to have 8 bytes, but F32 of shape [3] takes 12" },
        { "stack-empty.bin", "from an empty stack" },
        { "storage-missing.bin", "has no record 'data/0'" },
        { "storage-too-short.bin", "2 numbers of 4 bytes, and its record has 4 bytes" },
        { "tail.safetensors", "Its tensors end at byte" },
        { "truncated.safetensors", "with 8 bytes. Expected it from byte" },
        { "unknown-dtype.safetensors", "is of type 'F33'" },
        { "version-of-the-future.bin", "expected 1 to 10" },
        { "zip-cut-off.bin", "the file is cut off" },
    };

    [Fact]
    public void Reasons_OfAllFiles_AreKnown() =>
        Assert.Equal(Directory.GetFiles(Checkpoints.PathOf("refused")).Select(Path.GetFileName).Order(), Reasons.Select(r => (string)r[0]).Order());

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Read_FileToBeRefused_SaysWhy(string file, string reason)
    {
        string path = Checkpoints.PathOf("refused", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<SpladeModelException>(() => file.EndsWith(".bin", StringComparison.Ordinal) ? TorchFile.Read(path) : SafetensorsFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(path, e.Path);
    }
}
