using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Sut = Tokenizer.Load(TokenizerVariant.SpladeTinyPath).Vocabulary;

    [Fact]
    public void Indexer_EveryId_IsFoundByItsToken()
    {
        for (int id = 0; id < Sut.Count; id++)
        {
            Assert.True(Sut.TryGetId(Sut[id], out int found));
            Assert.Equal(id, found);
        }

        Assert.Equal(30522, Sut.Count);
        Assert.Equal(Sut.Count, new List<string>(Sut).Count);
    }

    [Fact]
    public void TryGetId_UnknownToken_IsFalse()
    {
        Assert.False(Sut.TryGetId("no such token", out int id));
        Assert.Equal(0, id);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(30522)]
    public void Indexer_IdOutOfRange_Throws(int outside) => Assert.Throws<ArgumentOutOfRangeException>("id", () => Sut[outside]);
}
