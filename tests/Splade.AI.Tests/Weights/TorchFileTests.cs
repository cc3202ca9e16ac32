using Splade.AI.Weights;
using Splade.AI.Weights.Torch;

namespace Splade.AI.Tests.Weights;

/// <summary>Files as torch saves them, and what is not read of them.</summary>
public sealed class TorchFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("FloatStorage", "float32", nameof(WeightType.Float32), 4)]
    [InlineData("HalfStorage", "float16", nameof(WeightType.Float16), 2)]
    [InlineData("BFloat16Storage", "bfloat16", nameof(WeightType.BFloat16), 2)]
    [InlineData("DoubleStorage", "float64", nameof(WeightType.Other), 8)]
    [InlineData("LongStorage", "int64", nameof(WeightType.Other), 8)]
    [InlineData("IntStorage", "int32", nameof(WeightType.Other), 4)]
    [InlineData("ShortStorage", "int16", nameof(WeightType.Other), 2)]
    [InlineData("CharStorage", "int8", nameof(WeightType.Other), 1)]
    [InlineData("ByteStorage", "uint8", nameof(WeightType.Other), 1)]
    [InlineData("BoolStorage", "bool", nameof(WeightType.Other), 1)]
    public void Read_StoragesOfStateDicts_AreRead(string storage, string name, string type, int size)
    {
        WeightTensor tensor = Read(Pickles.OfOne(storage, 6, 1, [1, 3], [7, 1]), size * 6)["a"];
        Assert.Equal((name, type, 3L * size), (tensor.TypeName, $"{tensor.Type}", tensor.Length));
        Assert.Equal([1, 3], tensor.Shape);
        Assert.Equal(Numbers(size * 6)[size..(4 * size)], Checkpoints.BytesOf(tensor));
    }

    [Theory]
    [InlineData(0, new[] { 2, 3 }, new[] { 3, 1 }, false)]
    [InlineData(0, new[] { 2, 3 }, new[] { 1, 2 }, true)]
    [InlineData(0, new[] { 1, 6 }, new[] { 0, 1 }, false)]
    [InlineData(5, new int[0], new int[0], false)]
    [InlineData(6, new[] { 0, 3 }, new[] { 3, 1 }, false)]
    [InlineData(2, new[] { 2, 1, 2 }, new[] { 2, 99, 1 }, false)]
    public void Read_ViewsOfAStorage_AreWhereTheyShow(int offset, int[] shape, int[] strides, bool isTransposed)
    {
        WeightTensor tensor = Read(Pickles.OfOne("FloatStorage", 6, offset, Longs(shape), Longs(strides)), 24)["a"];
        Assert.Equal(isTransposed, tensor.IsTransposed);
        Assert.Equal(Longs(shape), tensor.Shape);
        Assert.Equal(shape.Aggregate(4L, (n, d) => n * d), tensor.Length);
    }

    [Theory]
    [InlineData(0, new[] { 3 }, new[] { 2 }, 20, "non-contiguous float32 of shape [3]")]
    [InlineData(2, new[] { 3, 2 }, new[] { 0, 1 }, 8, "non-contiguous float32 of shape [3, 2]")]
    [InlineData(0, new[] { 1, 2, 3 }, new[] { 6, 1, 2 }, 24, "non-contiguous float32 of shape [1, 2, 3]")]
    public void Read_ViewsThatAreNotContiguous_AreMarked(int offset, int[] shape, int[] strides, long length, string name)
    {
        WeightTensor tensor = Read(Pickles.OfOne("FloatStorage", 6, offset, Longs(shape), Longs(strides)), 24)["a"];
        Assert.Equal((false, length, name), (tensor.IsContiguous, tensor.Length, $"{tensor}"));
    }

    [Fact]
    public void Read_StorageUnderTwoTypes_IsRefused() => AssertRefused(
        Pickles.Bytes(
            Pickles.Begin + Pickles.Text("a") + Pickles.Tensor("FloatStorage", "0", 6, 0, [6], [1])
            + Pickles.Text("b") + Pickles.Tensor("HalfStorage", "0", 12, 0, [12], [1]) + Pickles.End),
        "names the storage '0' as float32 and as float16");

    [Theory]
    [InlineData(1, new[] { 6 }, new[] { 1 }, "goes past the end of its storage of 6 numbers")]
    [InlineData(7, new[] { 0 }, new[] { 1 }, "goes past the end of its storage of 6 numbers")]
    [InlineData(0, new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue }, new[] { 0, 0, 0, 0 }, "goes past the end")]
    [InlineData(0, new[] { int.MaxValue, int.MaxValue }, new[] { int.MaxValue, int.MaxValue }, "goes past the end")]
    [InlineData(-1, new[] { 1 }, new[] { 1 }, "gives _rebuild_tensor_v2 other arguments")]
    [InlineData(0, new[] { -1 }, new[] { 1 }, "gives _rebuild_tensor_v2 other arguments")]
    [InlineData(0, new[] { 1 }, new[] { -1 }, "gives _rebuild_tensor_v2 other arguments")]
    [InlineData(0, new[] { 1 }, new[] { 1, 1 }, "gives _rebuild_tensor_v2 other arguments")]
    public void Read_OtherViews_AreRefused(int offset, int[] shape, int[] strides, string reason) =>
        AssertRefused(Pickles.OfOne("FloatStorage", 6, offset, Longs(shape), Longs(strides)), reason);

    [Fact]
    public void Read_Parameter_IsItsTensor()
    {
        string tensor = Pickles.Tensor("FloatStorage", "0", 6, 0, [6], [1]);
        string pickle = $"{Pickles.Begin}{Pickles.Text("a")}ctorch._utils\n_rebuild_parameter\n({tensor}\u0088ccollections\nOrderedDict\n)RtR{Pickles.End}";
        Assert.Equal([6], Read(Pickles.Bytes(pickle), 24)["a"].Shape);
    }

    [Fact]
    public void Read_MoreDimensionsThanTorchHas_IsRefused() => AssertRefused(
        Pickles.OfOne("FloatStorage", 6, 0, [.. Enumerable.Repeat(1L, 65)], [.. Enumerable.Repeat(1L, 65)]), "gives _rebuild_tensor_v2 other arguments");

    [Fact]
    public void Read_TrainingRun_SaysWhatToSave() => AssertRefused(
        Pickles.Bytes($"\u0080\u0002}}({Pickles.Text("state_dict")}}}{Pickles.Text("epoch")}K\u0001u."),
        "is of a training run: its weights are in 'state_dict'");

    [Theory]
    [InlineData("\u0080\u0002).", "holds no dictionary")]
    [InlineData("\u0080\u0002}", "ends after 3 bytes")]
    [InlineData("\u0080\u0006}.", "is of protocol 6")]
    [InlineData("\u0080\u0002}}.", "leaves something over")]
    [InlineData("\u0080\u0002}.}", "leaves something over")]
    [InlineData("\u0080\u0002(}.", "leaves something over")]
    [InlineData("\u0080\u0002}X\u0001\u0000\u0000\u0000aNs.", "'a' in the file is no tensor")]
    [InlineData("\u0080\u0002}X\u0001\u0000\u0000\u0000aNX\u0001\u0000\u0000\u0000aNs.", "changes what is no dictionary")]
    [InlineData("\u0080\u0002}(X\u0001\u0000\u0000\u0000aNX\u0001\u0000\u0000\u0000aNu.", "names 'a' twice")]
    [InlineData("\u0080\u0002}(X\u0001\u0000\u0000\u0000au.", "a key without a value")]
    [InlineData("\u0080\u0002}NNs.", "a key that is no text")]
    [InlineData("\u0080\u0002}X\u0001\u0000\u0000\u0000\u00ffNs.", "not UTF-8")]
    [InlineData("\u0080\u0002}X\u00ff\u00ff\u00ff\u00ff", "4294967295 more are needed")]
    [InlineData("\u0080\u0002}u.", "asks for a mark")]
    [InlineData("\u0080\u0002}(s.", "from an empty stack")]
    [InlineData("\u0080\u0002}Nb.", "a state that is none")]
    [InlineData("\u0080\u0002))R.", "calls what is no function")]
    [InlineData("\u0080\u0002ctorch\nFloatStorage\n)R.", "calls what is no function")]
    [InlineData("\u0080\u0002ccollections\nOrderedDict\nN\u0085R.", "gives OrderedDict other arguments")]
    [InlineData("\u0080\u0002\u008a\u0009123456789.", "a number of 9 bytes")]
    [InlineData("\u0080\u0002cbuiltins\neval\n", "names 'builtins.eval', which may run code")]
    [InlineData("\u0080\u0002ctorch\nQInt8Storage\n", "names 'torch.QInt8Storage'")]
    [InlineData("\u0080\u0002cno line end", "more are needed")]
    [InlineData("\u0080\u0002G01234567.", "the instruction BINFLOAT at byte 2")]
    [InlineData("\u0080\u0002\u00fe.", "the instruction 0xFE at byte 2")]
    public void Read_OtherPickles_AreRefused(string pickle, string reason) => AssertRefused(Pickles.Bytes(pickle), reason);

    [Theory]
    [InlineData("data/0", "Its record 'data/0' is not in one folder with the others")]
    [InlineData("other/data/0", "Its record 'other/data/0' is not in one folder with the others")]
    [InlineData("archive/data.pkl", "has two records 'archive/data.pkl'")]
    [InlineData("archive/code/__torch__.py", "is a TorchScript module")]
    [InlineData("archive/constants.pkl", "is a TorchScript module")]
    public void Read_OtherRecords_AreRefused(string name, string reason) =>
        AssertRefused(Pickles.File(Valid(), Numbers(24)).Add(name, [1]).Write(), reason, isFile: true);

    [Theory]
    [InlineData(false, 0, "")]
    [InlineData(true, 0, "")]
    [InlineData(true, 0x808, "")]
    [InlineData(true, 0, "a comment")]
    public void Read_ZipsAsOthersWriteThem_AreRead(bool isLarge, int flags, string comment)
    {
        var zip = new StoredZip { IsLarge = isLarge, Flags = (ushort)flags, Comment = Pickles.Bytes(comment) };
        WeightTensor tensor = TorchFile.Read(_folder.Write("a.bin", Pickles.File(Valid(), Numbers(24), zip).Write()))["a"];
        Assert.Equal(0, tensor.Offset % 64);
        Assert.Equal(Numbers(24), Checkpoints.BytesOf(tensor));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0x40)]
    [InlineData(0x2000)]
    public void Read_EncryptedRecord_IsRefused(int flag) =>
        AssertRefused(Pickles.File(Valid(), Numbers(24), new StoredZip { Flags = (ushort)flag }).Write(), "is encrypted", isFile: true);

    [UnixFact]
    public void Read_RecordsAbove4Gigabytes_AreFound()
    {
        const long Count = (5L << 30) / 4;
        string tensors = Pickles.Text("a") + Pickles.Tensor("FloatStorage", "0", Count, 0, [Count], [1])
            + Pickles.Text("b") + Pickles.Tensor("FloatStorage", "1", 6, 0, [6], [1]);
        var zip = new StoredZip { IsLarge = true };
        Pickles.File(Pickles.Bytes(Pickles.Begin + tensors + Pickles.End), [1, 2, 3, 4], zip, Count * 4).Add("archive/data/1", Numbers(24));
        using (FileStream file = File.Create(_folder.PathOf("a.bin")))
        {
            zip.Write(file);
        }

        IReadOnlyDictionary<string, WeightTensor> read = TorchFile.Read(_folder.PathOf("a.bin"));
        Assert.Equal(Count * 4, read["a"].Length);
        Assert.InRange(read["b"].Offset, Count * 4, long.MaxValue);
        Assert.Equal(Numbers(24), Checkpoints.BytesOf(read["b"]));
    }

    private static byte[] Valid() => Pickles.OfOne("FloatStorage", 6, 0, [6], [1]);

    private static long[] Longs(int[] numbers) => [.. numbers.Select(n => (long)n)];

    private static byte[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];

    private IReadOnlyDictionary<string, WeightTensor> Read(byte[] pickle, int bytes) =>
        TorchFile.Read(_folder.Write("a.bin", Pickles.File(pickle, Numbers(bytes)).Write()));

    private void AssertRefused(byte[] content, string reason, bool isFile = false)
    {
        string path = _folder.Write("a.bin", isFile ? content : Pickles.File(content, Numbers(24)).Write());
        var e = Assert.Throws<SpladeModelException>(() => TorchFile.Read(path));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }
}
