using System.Text;
using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.PathOf("model.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadFloats_SeveralTensors_ReadsTheOneAskedFor()
    {
        Write("""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", [1f, 2f, 3f]);
        using var file = SafetensorsFile.Open(File);
        Assert.Equal([2, 1], file.Tensors["b"].Shape);
        Assert.Equal([2f, 3f], file.ReadFloats(file.Tensors["b"], 2));
        Assert.Equal([1f], file.ReadFloats(file.Tensors["a"], 1));
    }

    [Fact]
    public void Open_EmptyTensors_MayLieAnywhereInOrder()
    {
        Write("""{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"c":{"dtype":"F32","shape":[3,0],"data_offsets":[4,4]}}""", [1f]);
        using var file = SafetensorsFile.Open(File);
        Assert.Empty(file.ReadFloats(file.Tensors["c"], 0));
    }

    [Fact]
    public void ReadFloats_MoreThanThereAre_SaysSo()
    {
        Write("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", [1f]);
        using var file = SafetensorsFile.Open(File);
        var e = Assert.Throws<SpladeModelException>(() => file.ReadFloats(file.Tensors["a"], 2));
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
    [InlineData("\"F32\"", "[4]", "[0,16,32]", "has no 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[16,0]", "has no 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[-16,0]", "has -16 in 'data_offsets'")]
    [InlineData("\"F32\"", "[4]", "[0,12]", "said to have 12 bytes")]
    [InlineData("\"F32\"", "[3]", "[0,12]", "the file at byte")]
    [InlineData("\"F32\"", "[4]", "[16,32]", "Expected it from byte")]
    [InlineData("\"F32\"", "[4]", "[9223372036854775791,9223372036854775807]", "said to begin at byte 9223372036854775791")]
    [InlineData("\"X9\"", "[4]", "[0,99999999999]", "with 99999999999 bytes")]
    [InlineData("null", "[4]", "[0,16]", "has no 'dtype'")]
    public void Open_HeaderThatDoesNotFit_SaysWhere(string type, string shape, string offsets, string reason)
    {
        Write("{\"weight\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}", new float[4]);
        AssertDamaged(reason);
    }

    [Theory]
    [InlineData("[]", "is no object")]
    [InlineData("nul", "is no JSON")]
    [InlineData("""{"weight":1}""", "has no 'dtype'")]
    [InlineData("""{"weight\ud800":1}""", "half a surrogate pair")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"a":{"dtype":"F32","shape":[0],"data_offsets":[16,16]}}""", "names 'a' twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "Tensor 'b' is said to lie")]
    public void Open_OtherHeaders_AreRefused(string header, string reason)
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
    public void Open_LengthOfTheHeader_IsComparedWithTheFile(long length)
    {
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes(length), .. "{}"u8]);
        AssertDamaged($"said to have {length} bytes");
    }

    [Fact]
    public void Open_HugeNumbersInASmallFile_TakesLittleMemory()
    {
        Write("""{"weight":{"dtype":"F32","shape":[536870912],"data_offsets":[0,2147483648]}}""", new float[4]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("2147483648 bytes");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private void AssertDamaged(string reason)
    {
        var e = Assert.Throws<SpladeModelException>(() => SafetensorsFile.Open(File).Dispose());
        Assert.Contains("not a whole safetensors file", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(File, e.Path);
    }

    private void Write(string header, float[] numbers)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        System.IO.File.WriteAllBytes(File, [.. BitConverter.GetBytes((long)json.Length), .. json, .. numbers.SelectMany(BitConverter.GetBytes)]);
    }
}
