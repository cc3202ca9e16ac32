using Splade.AI.Vectors.Files;

namespace Splade.AI.Tests.Vectors.Files;

/// <summary>Payloads whose checksum was right, but which no writer of this library wrote.</summary>
public sealed class PayloadReaderTests
{
    [Theory]
    [InlineData("00", "left")]
    [InlineData("80", "left")]
    [InlineData("808080808001", "more than 5 bytes")]
    [InlineData("0561", "left")]
    [InlineData("000100000000", "do not fit")]
    [InlineData("00FFFFFFFF0F", "do not fit")]
    [InlineData("0001FFFFFFFF0F0000803F", "Index 2147483647")]
    [InlineData("00010A0000803F", "Index 10")]
    [InlineData("00010100000000", "Value 0")]
    [InlineData("0001010000C07F", "Value NaN")]
    [InlineData("02FF00", "")]
    public void ReadVector_BytesThatAreNone_Throws(string hex, string message)
    {
        Exception? error = Record.Exception(() => new PayloadReader(Convert.FromHexString(hex), 10).ReadVector());

        Assert.True(error is FormatException or ArgumentException, $"{error}");
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadVector_VectorThenAnother_ReadsBoth()
    {
        var reader = new PayloadReader(Convert.FromHexString("0000" + "0001090000803F"), 10);

        Assert.Equal(new SavedVector(new SparseVector([], [], 10)), reader.ReadVector());
        Assert.False(reader.IsAtEnd);
        Assert.Equal(new SavedVector(new SparseVector([9], [1f], 10)), reader.ReadVector());
        Assert.True(reader.IsAtEnd);
    }
}
