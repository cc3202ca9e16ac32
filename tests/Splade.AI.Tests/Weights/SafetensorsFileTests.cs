using Splade.AI.Weights;

namespace Splade.AI.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.PathOf("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadFloats_SeveralTensors_ReadsTheOneAskedFor()
    {
        Write("""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", [1f, 2f, 3f]);
        IReadOnlyDictionary<string, WeightTensor> tensors = SafetensorsFile.Read(File);
        Assert.Equal([2, 1], tensors["b"].Shape);
        Assert.Equal([2f, 3f], SafetensorsFile.ReadFloats(tensors["b"], 2));
        Assert.Equal([1f], SafetensorsFile.ReadFloats(tensors["a"], 1));
    }

    [Fact]
    public void Read_EmptyTensors_MayLieAnywhereInOrder()
    {
        Write("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"c":{"dtype":"F32","shape":[3,0],"data_offsets":[4,4]}}""", [1f]);
        Assert.Empty(SafetensorsFile.ReadFloats(SafetensorsFile.Read(File)["c"], 0));
    }

    [Fact]
    public void ReadFloats_MoreThanThereAre_SaysSo()
    {
        Write("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", [1f]);
        WeightTensor tensor = SafetensorsFile.Read(File)["a"];
        var e = Assert.Throws<SpladeModelException>(() => SafetensorsFile.ReadFloats(tensor, 2));
        Assert.Contains("'a' is F32 of shape [1], expected F32 and at least 2 numbers", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"F32\"", "[536870912]", "[0,2147483648]", "2147483648 bytes")]
    [InlineData("\"F32\"", "[2305843009213693952]", "[0,9223372036854775807]", "more than any file has")]
    [InlineData("\"F32\"", "[4611686018427387904,4]", "[0,16]", "more than any file has")]
    [InlineData("\"F32\"", "[-4]", "[0,16]", "has -4 in 'shape'")]
    [InlineData("\"F32\"", "[1e99]", "[0,16]", "has 1e99 in 'shape'")]
    [InlineData("\"F32\"", "[\"4\"]", "[0,16]", "has 4 in 'shape'")]
    [InlineData("\"F32\"", "4", "[0,16]", "has no 'shape'")]
    [InlineData("\"F32\"", "[4]", "[]", "has no 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[0]", "has no 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[0,16,32]", "has 3 numbers in 'data_offsets', expected at most 2")]
    [InlineData("\"F32\"", "[4]", "[16,0]", "begin at byte 16 of the data and to end at byte 0")]
    [InlineData("\"F32\"", "[4]", "[-16,0]", "has -16 in 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[0,12]", "said to have 12 bytes")]
    [InlineData("\"F32\"", "[3]", "[0,12]", "the file at byte")]
    [InlineData("\"F32\"", "[4]", "[16,32]", "Expected it from byte")]
    [InlineData("\"F32\"", "[4]", "[9223372036854775791,9223372036854775807]", "said to begin at byte 9223372036854775791")]
    [InlineData("\"F32\"", "[1.0]", "[0,16]", "has 1.0 in 'shape'")]
    [InlineData("\"F32\"", "[4]", "[0,16.0]", "has 16.0 in 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[0,16],\"dtype\":\"F16\"", "uplicate")]
    [InlineData("null", "[4]", "[0,16]", "has no 'dtype'")]
    public void Read_HeaderThatDoesNotFit_SaysWhere(string type, string shape, string offsets, string reason)
    {
        Write("{\"weight\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}", new float[4]);
        AssertDamaged(reason);
    }

    [Theory]
    [InlineData("[]", "does not begin with '{'")]
    [InlineData("  {}", "does not begin with '{'")]
    [InlineData("{nul", "cannot be read as JSON")]
    [InlineData("{}{}", "cannot be read as JSON")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'__metadata__' is not an object of strings")]
    [InlineData("""{"__metadata__":"a"}""", "'__metadata__' is not an object of strings")]
    [InlineData("""{"weight":1}""", "has no 'dtype'")]
    [InlineData("""{"weight\ud800":1}""", "half a surrogate pair")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[0],"data_offsets":[16,16]}}""", "uplicate")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "Tensor 'b' is said to lie")]
    public void Read_OtherHeaders_AreRefused(string header, string reason)
    {
        Write(header, new float[4]);
        AssertDamaged(reason);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200_000_000)]
    public void Read_LengthOfTheHeader_IsComparedWithTheFile(long length)
    {
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes(length), .. "{}"u8]);
        AssertDamaged($"said to have {(ulong)length} bytes");
    }

    [UnixFact]
    public void Read_HeaderOfMoreThan16Megabytes_IsRefusedUnread()
    {
        const long Length = 100_000_000;
        using (FileStream file = System.IO.File.Create(File))
        {
            file.Write([.. BitConverter.GetBytes(Length), .. "{}"u8]);
            file.SetLength(sizeof(long) + Length);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("Its header has 100000000 bytes, expected at most 16777216");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("F32", nameof(WeightType.Float32), 4)]
    [InlineData("F16", nameof(WeightType.Float16), 2)]
    [InlineData("BF16", nameof(WeightType.BFloat16), 2)]
    [InlineData("I64", nameof(WeightType.Other), 8)]
    [InlineData("F64", nameof(WeightType.Other), 8)]
    [InlineData("BOOL", nameof(WeightType.Other), 1)]
    public void Read_TypesOfTheFormat_AreNamed(string name, string type, int size)
    {
        Write("{\"a\":{\"dtype\":\"" + name + "\",\"shape\":[" + (16 / size) + "],\"data_offsets\":[0,16]}}", new float[4]);
        WeightTensor tensor = SafetensorsFile.Read(File)["a"];
        Assert.Equal((name, type, 16), (tensor.TypeName, $"{tensor.Type}", tensor.Length));
    }

    [Theory]
    [InlineData("I8", "quantised weights are not supported")]
    [InlineData("F8_E5M2", "quantised weights are not supported")]
    [InlineData("F4", "quantised weights are not supported")]
    [InlineData("X9", "expected one of the format's types")]
    [InlineData("f32", "expected one of the format's types")]
    public void Read_OtherTypes_AreRefusedByName(string name, string reason)
    {
        Write("{\"a\":{\"dtype\":\"" + name + "\",\"shape\":[16],\"data_offsets\":[0,16]}}", new float[4]);
        var e = Assert.Throws<SpladeModelException>(() => SafetensorsFile.Read(File));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Contains($"{name}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MoreDimensionsThanTorchHas_AreRefused()
    {
        Write("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + string.Join(',', Enumerable.Repeat("1", 65)) + "],\"data_offsets\":[0,16]}}", new float[4]);
        AssertDamaged("has 65 numbers in 'shape', expected at most 64");
    }

    [Fact]
    public void Read_HugeNumbersInASmallFile_TakesLittleMemory()
    {
        Write("""{"weight":{"dtype":"F32","shape":[536870912],"data_offsets":[0,2147483648]}}""", new float[4]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("2147483648 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private void AssertDamaged(string reason)
    {
        var e = Assert.Throws<SpladeModelException>(() => SafetensorsFile.Read(File));
        Assert.Contains("not a whole safetensors file", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(File, e.Path);
    }

    private void Write(string header, float[] numbers) =>
        System.IO.File.WriteAllBytes(File, [.. SafetensorsBytes.Of(header), .. numbers.SelectMany(BitConverter.GetBytes)]);
}
