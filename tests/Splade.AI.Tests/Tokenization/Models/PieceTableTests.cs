using Splade.AI.Tokenization.Models;

namespace Splade.AI.Tests.Tokenization.Models;

public sealed class PieceTableTests
{
    private static readonly string LongPiece = new('x', 90);

    private static readonly PieceTable Sut = new([("a", 1), ("ab", 2), ("abcd", 4), (LongPiece, 90), ("x", 24)]);

    [Theory]
    [InlineData("a", 1)]
    [InlineData("ab", 2)]
    [InlineData("abc", -1)]
    [InlineData("abcd", 4)]
    public void TryGet_Piece_IsFoundExactly(string piece, int id)
    {
        Assert.Equal(id >= 0, Sut.TryGet(piece, PieceTable.Hash(piece), out int found));
        Assert.Equal(id, found);
    }

    [Fact]
    public void TryGet_HashOfAnotherPiece_IsVerified() => Assert.False(Sut.TryGet("zz", PieceTable.Hash("ab"), out _));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("abcde", 4, 4)]
    [InlineData("bcd", 0, -1)]
    [InlineData("", 0, -1)]
    public void TryGetLongestPrefix_Text_IsTheLongest(string text, int length, int id)
    {
        Assert.Equal(length > 0, Sut.TryGetLongestPrefix(text, out int foundLength, out int foundId));
        Assert.Equal((length, id), (foundLength, foundId));
    }

    [Fact]
    public void TryGetLongestPrefix_LongPiece_IsFound()
    {
        Assert.True(Sut.TryGetLongestPrefix(LongPiece + "x", out int length, out int id));
        Assert.Equal((90, 90), (length, id));
        Assert.True(Sut.TryGetLongestPrefix(LongPiece.AsSpan(1), out length, out id));
        Assert.Equal((1, 24), (length, id));
    }

    [Fact]
    public void TryGet_EmptyTable_FindsNothing() => Assert.False(new PieceTable([]).TryGet("a", PieceTable.Hash("a"), out _));
}
